package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.settings.ClassNames;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a prepared data set is. It is written last: a data set without it is not finished.
 *
 * @param format the version of the layout, {@value #FORMAT}; {@value #OLDEST} is read too, which
 *     has two classes
 * @param identity hash of the input listing and of every setting that changes pixels or split
 * @param contentHash hash of every shard's name and bytes (labels and pixels): equal for equal
 *     examples
 * @param images the folder that was read
 * @param classes the classes, in the order of their labels
 * @param height rows of each example
 * @param width columns of each example
 * @param train the training split
 * @param validation the validation split
 * @param test the test split
 * @param rejected how many images were rejected
 * @param leftOut how many images are in no split, without a fault of theirs: no list names them, or
 *     they are in another split than training too; 0 in data sets of an earlier convoy
 * @param version of convoy
 * @param shardHashes name and SHA-256 of each shard, with a blank between them, in the order of
 *     splits and shards; null in data sets of an earlier convoy
 * @param labels the file of labels; null where there is none, and in data sets of an earlier convoy
 * @param settings those that decided which photos are in which split with which label, by their
 *     keys; null in data sets of an earlier convoy
 */
public record Manifest(
    int format,
    String identity,
    String contentHash,
    String images,
    List<String> classes,
    int height,
    int width,
    SplitCounts train,
    SplitCounts validation,
    SplitCounts test,
    long rejected,
    long leftOut,
    String version,
    List<String> shardHashes,
    String labels,
    Map<String, String> settings) {
  static final int FORMAT = 2;
  static final int OLDEST = 1;
  private static final int LARGEST_SIDE = 10_000;

  /** The manifest's name in the data set's folder. */
  public static final String FILE = "manifest.json";

  /** The counts of that split. */
  public SplitCounts counts(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /** How the examples lie in their files. */
  public Shard.RecordLayout layout() {
    return new Shard.RecordLayout(height, width, classes.size());
  }

  /** Whether the folder holds a finished data set. */
  public static boolean isIn(Storage dataset) {
    return dataset.child(FILE).exists();
  }

  /**
   * Reads the manifest of a finished data set.
   *
   * @throws UserException if there is none, or it was written by another version of the format
   */
  public static Manifest read(Storage dataset) {
    if (!dataset.exists()) {
      throw new UserException("%s: there is no such data set; make it with prepare.", dataset);
    }
    if (!isIn(dataset)) {
      throw new UserException(
          "%s is not a finished data set (it has no %s); make it with prepare.", dataset, FILE);
    }
    byte[] json = dataset.child(FILE).readSmall();
    Manifest manifest;
    try {
      // Another version's manifest may have another shape: its format is looked at first.
      requireFormat(dataset, Json.read(json, Format.class));
      manifest = Json.read(json, Manifest.class);
    } catch (UncheckedIOException e) {
      throw notOurs(dataset);
    }
    if (manifest.isIncomplete()) {
      throw notOurs(dataset);
    }
    manifest
        .fault()
        .ifPresent(
            key -> {
              throw new UserException(
                  "%s: %s makes no sense; prepare the data set again.", dataset.child(FILE), key);
            });
    return manifest;
  }

  private record Format(int format) {}

  private static void requireFormat(Storage dataset, Format found) {
    if (found.format() == 0) {
      throw notOurs(dataset);
    }
    if (found.format() < OLDEST || found.format() > FORMAT) {
      throw new UserException(
          "%s has format %d, this convoy reads %d to %d; prepare the data set again.",
          dataset, found.format(), OLDEST, FORMAT);
    }
  }

  private static UserException notOurs(Storage dataset) {
    return new UserException(
        "%s is not a manifest of convoy's; prepare the data set again.", dataset.child(FILE));
  }

  private boolean isIncomplete() {
    return Stream.of(identity, contentHash, images, classes, train, validation, test)
        .anyMatch(Objects::isNull);
  }

  /** The key of the first value that no data set can have. */
  private Optional<String> fault() {
    if (!ClassNames.areFit(classes)) {
      return Optional.of("classes");
    }
    if (height < 1 || height > LARGEST_SIDE) {
      return Optional.of("height");
    }
    if (width < 1 || width > LARGEST_SIDE) {
      return Optional.of("width");
    }
    if (rejected < 0) {
      return Optional.of("rejected");
    }
    if (leftOut < 0) {
      return Optional.of("leftOut");
    }
    return Stream.of(Split.values())
        .filter(split -> !counts(split).holdsTogether(classes.size()))
        .map(Split::key)
        .findFirst()
        .or(() -> namesItsShards() ? Optional.empty() : Optional.of("shardHashes"));
  }

  private boolean namesItsShards() {
    long shards = Stream.of(Split.values()).mapToLong(split -> counts(split).shards()).sum();
    return shardHashes == null
        || shardHashes.size() == shards && shardHashes.stream().noneMatch(Objects::isNull);
  }

  void write(Storage dataset) {
    byte[] json = Json.write(this);
    dataset.child(FILE).write(out -> out.write(json));
  }
}
