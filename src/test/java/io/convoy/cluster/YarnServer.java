package io.convoy.cluster;

import io.convoy.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** YARN of two node managers, and HDFS. */
public final class YarnServer implements AutoCloseable {
  private static final String JARS = "target/spark/jars/*:target/servers/yarn/*";

  private final ServerProcess process;
  private final Program program;
  private final Path folder;

  private YarnServer(ServerProcess process, Path folder) {
    this.process = process;
    this.program = new Program(folder);
    this.folder = folder;
  }

  /**
   * Starts it.
   *
   * @param folder for its files, its log and what submissions print
   */
  public static YarnServer start(Path folder) throws IOException, InterruptedException {
    return new YarnServer(
        ServerProcess.start(
            "YarnMain.java",
            "target/spark/jars/*:target/servers/hadoop/*",
            Map.of(),
            folder.resolve("yarn.log"),
            folder.resolve("yarn").toString(),
            folder.resolve("conf").toString()),
        folder);
  }

  /** The URI of a path on HDFS, which begins with a slash. */
  public String uri(String path) {
    return process.address() + path;
  }

  /** HDFS, for the tests' own eyes; the caller closes it. */
  public FileSystem fileSystem() throws IOException {
    return FileSystem.newInstance(URI.create(process.address()), new Configuration());
  }

  /** What the containers print, a folder for each. */
  public Path containerLogs() {
    return folder.resolve("yarn");
  }

  /**
   * Runs the packaged job jar with two executors. Spark's jars are read where they are, not
   * uploaded.
   *
   * @param deployMode {@code client} or {@code cluster}
   * @param arguments convoy's
   */
  public Program.Started submit(String deployMode, String... arguments) throws IOException {
    String local = "local:" + Path.of("").toAbsolutePath() + "/";
    Map<String, String> settings =
        Map.of(
            "spark.executor.instances", "2",
            "spark.executor.memory", "600m",
            "spark.executor.memoryOverhead", "384m",
            "spark.driver.memory", "800m",
            "spark.yarn.jars", local + JARS.replace(":", "," + local),
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP", "127.0.0.1",
            "spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@conf/java17.options",
                "-Xmx800m",
                "-cp",
                folder.resolve("conf") + ":" + JARS,
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "yarn",
                "--deploy-mode",
                deployMode));
    settings.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.addAll(List.of("--class", "io.convoy.Convoy", "target/convoy.jar"));
    command.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of(
            "HADOOP_CONF_DIR", folder.resolve("conf").toString(),
            "SPARK_LOCAL_HOSTNAME", "127.0.0.1",
            "SPARK_SCALA_VERSION", "2.12");
    return program.start(environment, command);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
