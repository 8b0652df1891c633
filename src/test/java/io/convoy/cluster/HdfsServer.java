package io.convoy.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** HDFS with two data nodes. */
public final class HdfsServer implements AutoCloseable {
  private final ServerProcess process;

  private HdfsServer(ServerProcess process) {
    this.process = process;
  }

  /**
   * Starts it, empty.
   *
   * @param folder for its blocks and its log
   */
  public static HdfsServer start(Path folder) throws IOException, InterruptedException {
    return new HdfsServer(
        ServerProcess.start(
            "HdfsMain.java",
            "target/spark/jars/*:target/servers/hadoop/*",
            Map.of(),
            folder.resolve("hdfs.log"),
            folder.resolve("hdfs").toString()));
  }

  /** The URI of a path, which begins with a slash. */
  public String uri(String path) {
    return process.address() + path;
  }

  /** The file system, for the tests' own eyes; the caller closes it. */
  public FileSystem fileSystem() throws IOException {
    return FileSystem.newInstance(URI.create(process.address()), new Configuration());
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
