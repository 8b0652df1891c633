package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A Spark standalone cluster, started and stopped by {@code submit/cluster-local}. */
public final class StandaloneCluster implements AutoCloseable {
  private static final int MOST_SECONDS = 150;

  /**
   * What takes a minute is over before the better compiler, or a collector with threads of its own,
   * has paid.
   */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Program program;
  private final Path folder;
  private final int workers;
  private int submissions;

  private StandaloneCluster(Path parent, int workers) {
    this.program = new Program(parent);
    this.folder = parent.resolve("cluster");
    this.workers = workers;
  }

  /**
   * Starts a master and workers of one core and 3 GiB each, with the S3 client among Spark's jars.
   *
   * @param parent a folder for it and for what it prints
   * @param workers how many, at least 1
   */
  public static StandaloneCluster start(Path parent, int workers)
      throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(parent, workers);
    cluster.script(
        "start", "--workers", Integer.toString(workers), "--jars", S3Server.CLIENT.toString());
    return cluster;
  }

  private void script(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("submit/cluster-local"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--folder", folder.toString()));
    Program.Ended ended = program.start(Map.of(), command).end(MOST_SECONDS);
    if (ended.status() != 0) {
      throw new AssertionError(command + ": " + ended + logs());
    }
  }

  private String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path log : Trees.files(folder.resolve("logs"))) {
      text.append("\n").append(log).append(":\n").append(Files.readString(log));
    }
    return text.toString();
  }

  /** The master's URL, {@code spark://127.0.0.1:PORT}. */
  public String master() throws IOException {
    return Files.readString(folder.resolve("master")).strip();
  }

  /** The folder of what the executors print. */
  public Path work() {
    return folder.resolve("work");
  }

  /**
   * Runs the packaged job jar through spark-submit, the driver a process beside the cluster.
   *
   * @param settings Spark's, over those of the tests: one executor of 1 GiB a worker
   * @param environment of the driver
   * @param arguments convoy's
   */
  public Submission submit(
      Map<String, String> settings, Map<String, String> environment, String... arguments)
      throws IOException {
    submissions++;
    int port = freePort();
    Path log = folder.resolveSibling("driver" + submissions + ".log");
    Map<String, String> all = new TreeMap<>();
    all.put("spark.master", master());
    all.put("spark.driver.memory", "1g");
    all.put("spark.executor.memory", "1g");
    all.put("spark.driver.extraJavaOptions", SHORT_LIVED + " -Dconvoy.log=" + log);
    all.put("spark.executor.extraJavaOptions", SHORT_LIVED);
    // As the launchers do for executors of one core: threads that wait for others spin.
    all.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    // Work begins once all executors are there, so that one that a test kills is missed.
    all.put("spark.cores.max", Integer.toString(workers));
    all.put("spark.ui.port", Integer.toString(port));
    all.putAll(settings);
    List<String> command =
        new ArrayList<>(List.of(folder.resolve("spark/bin/spark-submit").toString()));
    all.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.addAll(List.of("--class", "io.convoy.Convoy", "target/convoy.jar"));
    command.addAll(List.of(arguments));
    return new Submission(program.start(environment, command), log, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The workers that run. */
  public List<ProcessHandle> workers() throws IOException {
    List<ProcessHandle> running = new ArrayList<>();
    for (int number : IntStream.rangeClosed(1, workers).toArray()) {
      String pid = Files.readString(folder.resolve("pids/worker" + number)).strip();
      ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).ifPresent(running::add);
    }
    return running;
  }

  /** Whether all of its workers run. */
  public boolean isWhole() throws IOException {
    return workers().size() == workers;
  }

  /**
   * Waits until no executor of an earlier run is left, such as of a driver that was killed.
   *
   * @throws AssertionError after 150 seconds
   */
  public void awaitNoExecutors() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!executors().isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "executors are left" + logs());
      Thread.sleep(50);
    }
  }

  /** The executors that run: a worker starts no other processes. */
  public List<ProcessHandle> executors() throws IOException {
    return workers().stream().flatMap(ProcessHandle::children).toList();
  }

  @Override
  public void close() throws IOException {
    try {
      script("stop");
    } catch (InterruptedException e) {
      throw ServerProcess.interrupted(e);
    }
  }
}
