package io.convoy.doctor;

import io.convoy.build.ThisJar;
import io.convoy.onednn.OneDnn;
import io.convoy.spark.RollCall;
import io.convoy.spark.RollCall.Executor;
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
 * The checks at one place; the same on the driver and on every executor.
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
record Visit(
    int javaVersion,
    String build,
    SerializableConfiguration hadoop,
    String images,
    String out,
    String marker,
    long granted,
    byte[] dataSets)
    implements RollCall.Question<Visit.Answer> {
  private static final long serialVersionUID = 1L;

  /**
   * What a place says.
   *
   * @param findings of the checks that need nothing else
   * @param memory of the place
   * @param clock when the visit took place, by the place's clock
   * @param returned the sample on its way back
   */
  record Answer(
      List<Finding> findings, Memory memory, Span clock, SerializerCheck.Returned returned)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The build that runs here, in words. */
  static String buildHere() {
    return BuildCheck.words(ThisJar.version(), ThisJar.commit());
  }

  @Override
  public Answer ask(Executor executor) {
    return examine(
        Place.executor(executor.id(), executor.host()),
        executor.host(),
        OptionalInt.of(executor.cores()),
        granted);
  }

  /** Runs the checks here. */
  Answer examine(Place place, String host, OptionalInt cores, long grantedHere) {
    long start = System.currentTimeMillis();
    Memory memory = Memory.here(place, host, grantedHere);
    Examination checks = new Examination(place.name());
    general(checks, place, cores, memory);
    folders(checks, place);
    SerializerCheck.Returned returned = SerializerCheck.turn(new EnvironmentCodec(), dataSets);
    return new Answer(
        checks.findings(), memory, new Span(start, System.currentTimeMillis()), returned);
  }

  private void general(Examination checks, Place place, OptionalInt cores, Memory memory) {
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
                    OneDnn.obstacle(), OneDnn::description, System.getProperty("os.arch")))
        .check("ND4J", NativesCheck.REMEDY, NativesCheck::nd4j)
        .check("OpenCV", NativesCheck.REMEDY, NativesCheck::openCv)
        .check(
            "cores",
            "set " + place.kind().cores(),
            () ->
                CoresCheck.of(
                    place.kind(),
                    cores,
                    Runtime.getRuntime().availableProcessors(),
                    System.getenv().getOrDefault("OMP_NUM_THREADS", "")))
        .check("memory", "set " + place.kind().heap(), () -> MemoryCheck.of(memory));
  }

  private void folders(Examination checks, Place place) {
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
      output(checks, place);
    }
  }

  private void output(Examination checks, Place place) {
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
                            "the file system of --out, or of " + place.name(),
                            "this place",
                            written.here(),
                            new Span(written.modified(), written.modified()))));
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
