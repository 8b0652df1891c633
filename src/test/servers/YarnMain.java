import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * YARN of two node managers over HDFS, in one process. Prints {@code ready} and HDFS's URI, and ends
 * when its stdin does.
 */
public final class YarnMain {
  private YarnMain() {}

  /**
   * The arguments are an empty folder for its data, and one to which it writes what clients need:
   * their {@code HADOOP_CONF_DIR}.
   */
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Configuration configuration = new YarnConfiguration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, data.resolve("hdfs").toString());
    try (MiniDFSCluster hdfs =
        new MiniDFSCluster.Builder(configuration).numDataNodes(1).format(true).build()) {
      hdfs.waitClusterUp();
      Configuration site = new YarnConfiguration(hdfs.getConfiguration(0));
      site.set("fs.defaultFS", hdfs.getURI().toString());
      // Nearly full disks would make the nodes unusable.
      site.set("yarn.nodemanager.disk-health-checker.enable", "false");
      site.set("yarn.nodemanager.vmem-check-enabled", "false");
      site.set("yarn.nodemanager.pmem-check-enabled", "false");
      site.set("yarn.scheduler.minimum-allocation-mb", "256");
      site.set("yarn.nodemanager.bind-host", "127.0.0.1");
      site.set("yarn.resourcemanager.bind-host", "127.0.0.1");
      // The capacity scheduler wants its queues described.
      site.set(
          "yarn.resourcemanager.scheduler.class",
          "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
      System.setProperty("test.build.data", data.resolve("yarn").toString());
      try (MiniYARNCluster yarn = new MiniYARNCluster("yarn", 2, 1, 1)) {
        yarn.init(site);
        yarn.start();
        yarn.waitForNodeManagersToConnect(30_000);
        write(yarn.getConfig(), Path.of(arguments[1]));
        System.out.println("ready " + hdfs.getURI());
        while (System.in.read() >= 0) {}
      }
    }
    System.exit(0);
  }

  /** The addresses alone: the rest of the servers' settings names classes that clients lack. */
  private static void write(Configuration servers, Path folder) throws Exception {
    Configuration site = new Configuration(false);
    site.set("fs.defaultFS", servers.get("fs.defaultFS"));
    servers.getValByRegex("^yarn\\.resourcemanager\\..*address$").forEach(site::set);
    Files.createDirectories(folder);
    for (String file : List.of("core-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
        site.writeXml(out);
      }
    }
  }
}
