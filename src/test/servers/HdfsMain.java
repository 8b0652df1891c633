import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** HDFS of two data nodes in one process. Prints {@code ready} and its URI, and ends when its stdin does. */
public final class HdfsMain {
  private HdfsMain() {}

  /** The argument is an empty folder for its data. */
  public static void main(String[] arguments) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, Path.of(arguments[0]).toString());
    try (MiniDFSCluster hdfs =
        new MiniDFSCluster.Builder(configuration).numDataNodes(2).format(true).build()) {
      hdfs.waitClusterUp();
      System.out.println("ready " + hdfs.getURI());
      while (System.in.read() >= 0) {}
    }
    System.exit(0);
  }
}
