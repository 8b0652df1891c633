package io.convoy.doctor;

import io.convoy.build.ThisJar;
import io.convoy.doctor.ClockCheck.Interval;
import io.convoy.onednn.OneDnn;
import io.convoy.spark.ExecutorPoll;
import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.storage.Storage;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.Utils;

/**
 * The checks of one process; the same on the driver and on every executor.
 *
 * @param javaVersion the driver's major version
 * @param build the driver's build in words
 * @param hadoop Hadoop's configuration
 * @param images the folder of photos; empty where there is none to check
 * @param out the output folder; empty where there is none to check
 * @param marker the driver's file in the output folder; empty where there is none
 * @param granted bytes of memory that the cluster's manager gives an executor
 * @param dataSets the sample of {@link SerializerCheck}, as the driver wrote it
 */
record ProcessChecks(
    int javaVersion,
    String build,
    SerializableConfiguration hadoop,
    String images,
    String out,
    String marker,
    long granted,
    byte[] dataSets)
    implements ExecutorPoll.Question<ProcessChecks.Answer> {
  private static final long serialVersionUID = 1L;

  /**
   * What a process says.
   *
   * @param findings of the checks that need nothing else
   * @param memory of the process
   * @param clock when the checks were run, by the clock of its machine
   * @param returned the sample on its way back
   */
  record Answer(
      List<Finding> findings, Memory memory, Interval clock, SerializerCheck.Returned returned)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The build that runs here, in words. */
  static String buildHere() {
    return BuildCheck.words(ThisJar.version(), ThisJar.commit());
  }

  @Override
  public Answer ask(Executor executor) {
    return run(
        SparkProcess.executor(executor.id(), executor.host()),
        executor.host(),
        OptionalInt.of(executor.cores()),
        granted);
  }

  /** Runs the checks here. */
  Answer run(SparkProcess process, String host, OptionalInt cores, long grantedHere) {
    long start = System.currentTimeMillis();
    Memory memory = Memory.here(process, host, grantedHere);
    CheckRunner checks = new CheckRunner(process.name());
    general(checks, process, cores, memory);
    folders(checks, process);
    SerializerCheck.Returned returned = SerializerCheck.turn(new SparkCodec(), dataSets);
    return new Answer(
        checks.findings(), memory, new Interval(start, System.currentTimeMillis()), returned);
  }

  private void general(CheckRunner checks, SparkProcess process, OptionalInt cores, Memory memory) {
    checks
        .check(
            "java",
            "set JAVA_HOME to a JDK 17",
            () -> JavaCheck.of(Runtime.version().feature(), javaVersion, javaHere()))
        .check(
            "locale",
            LocaleCheck.REMEDY,
            () -> LocaleCheck.of(System.getProperty("sun.jnu.encoding")))
        .check("convoy", "use one convoy.jar", () -> BuildCheck.of(buildHere(), build))
        .check("natives' folder", NativesCheck.REMEDY, NativesCheck::folder)
        .check(
            "oneDNN",
            NativesCheck.REMEDY,
            () ->
                NativesCheck.oneDnn(
                    OneDnn.obstacle(),
                    OneDnn::description,
                    OneDnn::precisions,
                    System.getProperty("os.arch")))
        .check("ND4J", NativesCheck.REMEDY, NativesCheck::nd4j)
        .check("OpenCV", NativesCheck.REMEDY, NativesCheck::openCv)
        .check(
            "cores",
            "set " + process.role().cores(),
            () ->
                CoresCheck.of(
                    process.role(),
                    cores,
                    Runtime.getRuntime().availableProcessors(),
                    System.getenv().getOrDefault("OMP_NUM_THREADS", "")))
        .check("memory", "set " + process.role().heap(), () -> MemoryCheck.of(memory));
  }

  private void folders(CheckRunner checks, SparkProcess process) {
    for (Path folder : temporaryFolders(conf())) {
      checks.check(
          "temporary folder",
          "set spark.local.dir, -Djava.io.tmpdir",
          () -> TemporaryFolderCheck.of(folder, TemporaryFolderCheck.LEAST_FREE));
    }
    if (!images.isEmpty()) {
      checks.check(
          "images", InputCheck.REMEDY, () -> InputCheck.of(Storage.at(images, hadoop.value())));
    }
    if (!out.isEmpty()) {
      output(checks, process);
    }
  }

  private void output(CheckRunner checks, SparkProcess process) {
    OutputCheck output = new OutputCheck();
    checks.check(
        "out", OutputCheck.REMEDY, () -> output.run(Storage.at(out, hadoop.value()), marker));
    output
        .written()
        .ifPresent(
            written ->
                checks.check(
                    "clock of out",
                    "synchronise the clocks",
                    () ->
                        ClockCheck.of(
                            "the file system of --out, or of " + process.name(),
                            "this place",
                            written.here(),
                            new Interval(written.modified(), written.modified()))));
  }

  /** Spark's environment is not there where Spark does not start. */
  private static SparkConf conf() {
    SparkEnv environment = SparkEnv.get();
    return environment == null ? new SparkConf() : environment.conf();
  }

  private static Set<Path> temporaryFolders(SparkConf conf) {
    Set<Path> folders = new LinkedHashSet<>();
    for (String folder : Utils.getConfiguredLocalDirs(conf)) {
      folders.add(Path.of(folder));
    }
    folders.add(Path.of(System.getProperty("java.io.tmpdir")));
    return folders;
  }

  private static String javaHere() {
    return System.getProperty("java.version")
        + " ("
        + System.getProperty("java.vendor")
        + "), "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch");
  }
}
