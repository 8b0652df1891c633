package io.convoy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process, the ways that users start it. */
public final class Program {
  private static final int MOST_SECONDS = 60;

  private final Path folder;
  private int runs;

  /**
   * @param folder where what the program prints is kept
   */
  public Program(Path folder) {
    this.folder = folder;
  }

  /** What a process came to. */
  public record Ended(int status, String out, String err) {
    public List<String> errLines() {
      return err.lines().toList();
    }

    @Override
    public String toString() {
      return "exit status " + status + "\nstdout:\n" + out + "\nstderr:\n" + err;
    }
  }

  /** A process that may still run. */
  public record Started(Process process, Path out, Path err) {
    Ended end() throws IOException, InterruptedException {
      return end(MOST_SECONDS);
    }

    /** Waits for the end, which the most seconds must bring. */
    public Ended end(int mostSeconds) throws IOException, InterruptedException {
      boolean ended = process.waitFor(mostSeconds, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Ended result = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      if (!ended) {
        throw new AssertionError("It did not end in " + mostSeconds + " s: " + result);
      }
      return result;
    }
  }

  /** {@code submit/local}. */
  Started local(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("submit/local"));
    command.addAll(List.of(arguments));
    return start(environment, command);
  }

  Ended local(String... arguments) throws IOException, InterruptedException {
    return local(Map.of("CONVOY_MASTER", "local[2]"), arguments).end();
  }

  /** A launcher of {@code submit}, such as {@code yarn}. */
  Started launch(String launcher, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("submit/" + launcher));
    command.addAll(List.of(arguments));
    return start(environment, command);
  }

  /** A line of a shell. */
  Ended shell(String line) throws IOException, InterruptedException {
    return start(Map.of(), List.of("sh", "-c", line)).end();
  }

  /** {@code submit/local} with a stdout that nobody reads: a pipe that is closed at once. */
  Started unread(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("bash", "-c", "set -o pipefail; submit/local \"$@\" | exec true", "local"));
    command.addAll(List.of(arguments));
    return start(Map.of("CONVOY_MASTER", "local[2]"), command);
  }

  /** Spark's jars alone on the class path; the job jar is given to spark-submit. */
  Ended sparkSubmit(String... arguments) throws IOException, InterruptedException {
    return sparkSubmit(Map.of(), arguments);
  }

  /** The same, with settings of Spark's. */
  Ended sparkSubmit(Map<String, String> settings, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@conf/java17.options",
                "-Xmx1g",
                "-Duser.language=de",
                "-Duser.timezone=Asia/Tokyo",
                "-cp",
                "target/spark/jars/*",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]"));
    settings.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.addAll(List.of("--class", "io.convoy.Convoy", "target/convoy.jar"));
    command.addAll(List.of(arguments));
    return start(Map.of(), command).end();
  }

  /**
   * A cluster of executors with one core each, which are processes of this machine.
   *
   * @param home with Spark's libraries in {@code jars}
   */
  Started localCluster(Path home, int executors, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@conf/java17.options",
                "-cp",
                "target/spark/jars/*",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local-cluster[" + executors + ",1,1500]",
                "--driver-memory",
                "1g",
                "--executor-memory",
                "1200m"));
    for (String setting :
        List.of(
            "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxbytes=2g",
            // Begin once all executors are there.
            "spark.cores.max=" + executors,
            "spark.scheduler.minRegisteredResourcesRatio=1")) {
      command.addAll(List.of("--conf", setting));
    }
    command.addAll(List.of("--class", "io.convoy.Convoy", "target/convoy.jar"));
    command.addAll(List.of(arguments));
    return start(Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.12"), command);
  }

  /** A command with these variables beside the tests' own. */
  public Started start(Map<String, String> environment, List<String> command) throws IOException {
    runs++;
    Path out = folder.resolve("out" + runs);
    Path err = folder.resolve("err" + runs);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("CONVOY_HEAP", "1g");
    builder.environment().put("CONVOY_NATIVE", "2g");
    builder.environment().putAll(environment);
    return new Started(builder.start(), out, err);
  }
}
