package io.convoy.job;

import io.convoy.dataset.Manifest;
import io.convoy.engine.Natives;
import io.convoy.failure.UserException;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import io.convoy.storage.UnreachableStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What made a run: enough to make it again.
 *
 * @param convoyVersion version of convoy
 * @param gitCommit of convoy's sources
 * @param started when, ISO 8601, UTC
 * @param resumed when it went on after it was stopped, ISO 8601, UTC
 * @param images the folder of photos
 * @param labels the file of labels; null where there was none, and in runs or with data sets of an
 *     earlier convoy
 * @param dataset the prepared data set
 * @param datasetIdentity hash of the input listing and settings
 * @param datasetContentHash hash of the examples
 * @param from the model with which training began; null where it began with none
 * @param bases the saved networks that architectures began with, by the architectures' names; null
 *     in runs of an earlier convoy
 * @param seed of the run
 * @param workers that trained beside one another
 * @param threadsPerWorker of native arithmetic
 * @param natives what the executors compute with
 * @param precisions that the architectures' passes compute with, by the architectures' names; null
 *     in runs of an earlier convoy
 * @param sparkVersion version of Spark
 * @param sparkMaster where it ran
 * @param dl4jVersion version of DL4J and ND4J
 * @param javaVersion version of Java
 * @param javaVendor who made it
 * @param operatingSystem name, version and architecture
 * @param processors of the driver's machine
 */
record Provenance(
    String convoyVersion,
    String gitCommit,
    String started,
    List<String> resumed,
    String images,
    String labels,
    String dataset,
    String datasetIdentity,
    String datasetContentHash,
    From from,
    Map<String, From> bases,
    long seed,
    int workers,
    int threadsPerWorker,
    List<Natives> natives,
    Map<String, String> precisions,
    String sparkVersion,
    String sparkMaster,
    String dl4jVersion,
    String javaVersion,
    String javaVendor,
    String operatingSystem,
    int processors) {
  private static final String DL4J_POM =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  /**
   * A saved model.
   *
   * @param model its file
   * @param sha256 of the file
   */
  record From(String model, String sha256) {}

  /**
   * What makes a run now.
   *
   * @param bases the pretrained networks, by the names of the architectures that begin with them
   * @param precisions that the architectures' passes compute with, by the architectures' names
   */
  static Provenance of(TrainingRun run, Map<String, From> bases, Map<String, String> precisions) {
    Context context = run.context();
    Manifest manifest = run.manifest();
    return new Provenance(
        context.build().version(),
        context.build().commit(),
        Instant.now().toString(),
        List.of(),
        manifest.images(),
        manifest.labels(),
        run.dataset().toString(),
        manifest.identity(),
        manifest.contentHash(),
        run.from().map(FromModel::provenance).orElse(null),
        bases,
        run.settings().seed(),
        run.workers().count(),
        run.workers().threads(),
        run.precision().executors(),
        precisions,
        run.spark().version(),
        run.spark().master(),
        versionOfDl4j(),
        System.getProperty("java.version"),
        System.getProperty("java.vendor"),
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors());
  }

  /**
   * What a run's files say of what made it; nothing where there is no such file.
   *
   * @param advice what to do about a damaged one
   * @throws UserException if it is damaged
   */
  static Optional<Provenance> in(RunFiles run, String advice) {
    Storage file = run.provenance();
    if (!file.exists()) {
      return Optional.empty();
    }
    try {
      Provenance made = Json.read(file.readSmall(), Provenance.class);
      if (made.isWhole()) {
        return Optional.of(made);
      }
    } catch (UncheckedIOException e) {
      UnreachableStore.behind(e)
          .ifPresent(
              unreachable -> {
                throw unreachable;
              });
    }
    throw new UserException("%s is damaged; put it back as the run wrote it, or %s.", file, advice);
  }

  private boolean isWhole() {
    return Stream.of(images, dataset, datasetContentHash).allMatch(text -> !isBlank(text))
        && Stream.of(resumed, natives, bases == null ? null : bases.values())
            .filter(Objects::nonNull)
            .allMatch(all -> all.stream().noneMatch(Objects::isNull));
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  /** What made this run, once it goes on as another process. */
  Provenance resumedBy(Provenance now) {
    List<String> all = new ArrayList<>(Optional.ofNullable(resumed).orElse(List.of()));
    all.add(now.started);
    return new Provenance(
        now.convoyVersion,
        now.gitCommit,
        started,
        all,
        images,
        labels,
        dataset,
        datasetIdentity,
        datasetContentHash,
        from,
        bases,
        seed,
        now.workers,
        now.threadsPerWorker,
        now.natives,
        now.precisions,
        now.sparkVersion,
        now.sparkMaster,
        now.dl4jVersion,
        now.javaVersion,
        now.javaVendor,
        now.operatingSystem,
        now.processors);
  }

  /** Whether both began with the same model, or with none. */
  boolean beganAs(Provenance other) {
    return hash(from).equals(hash(other.from));
  }

  /** Whether the architectures of both began with the same saved networks. */
  boolean hasBasesOf(Provenance other) {
    return hashes(bases).equals(hashes(other.bases));
  }

  private static Map<String, String> hashes(Map<String, From> bases) {
    Map<String, String> hashes = new TreeMap<>();
    Optional.ofNullable(bases)
        .ifPresent(all -> all.forEach((a, from) -> hashes.put(a, from.sha256)));
    return hashes;
  }

  private static Optional<String> hash(From from) {
    return Optional.ofNullable(from).map(From::sha256);
  }

  /** From what Maven left in DL4J's jar: its own VersionCheck finds nothing in M2. */
  private static String versionOfDl4j() {
    try (InputStream in = MultiLayerNetwork.class.getResourceAsStream(DL4J_POM)) {
      if (in == null) {
        return "unknown";
      }
      Properties pom = new Properties();
      pom.load(in);
      return pom.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
