package io.convoy.dataset;

import io.convoy.ingest.ListingSummary;
import io.convoy.ingest.Packing;
import io.convoy.ingest.PhotoFolder;
import io.convoy.ingest.PhotoListing;
import io.convoy.labels.NamedClasses;
import io.convoy.progress.Progress;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.LabelColumns;
import io.convoy.settings.LabelRule;
import io.convoy.settings.Precision;
import io.convoy.settings.Settings;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitWay;
import io.convoy.settings.SplitWay.ByShares;
import io.convoy.settings.TrainSettings;
import io.convoy.settings.UpdaterState;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;

/** Prepares data sets of examples of 4 x 5 pixels. */
record Preparation(
    ImageSettings images,
    SplitSettings split,
    long seed,
    long shardBytes,
    Optional<Packing> packing) {
  static final int HEIGHT = 4;
  static final int WIDTH = 5;
  static final int RECORD_BYTES = 1 + HEIGHT * WIDTH * 3;
  static final long MOST_PIXELS = 10_000;

  /** By shares, and nothing may be rejected. */
  static Preparation standard() {
    return new Preparation(
        images(0), SplitSettings.of(new ByShares(0.6, 0.2, 0.2)), 1, 1 << 20, Optional.empty());
  }

  static ImageSettings images(double maxRejected) {
    return new ImageSettings(
        HEIGHT,
        WIDTH,
        List.of("dog", "cat"),
        LabelRule.FILE_NAME_OR_FOLDER,
        MOST_PIXELS,
        100_000,
        maxRejected);
  }

  Preparation with(ImageSettings other) {
    return new Preparation(other, split, seed, shardBytes, packing);
  }

  Preparation with(SplitWay other) {
    return with(SplitSettings.of(other));
  }

  Preparation with(SplitSettings other) {
    return new Preparation(images, other, seed, shardBytes, packing);
  }

  Preparation withSeed(long other) {
    return new Preparation(images, split, other, shardBytes, packing);
  }

  Preparation withRecordsPerShard(int records) {
    return new Preparation(images, split, seed, (long) records * RECORD_BYTES, packing);
  }

  Preparation withTaskBytes(long bytes) {
    return new Preparation(images, split, seed, shardBytes, Optional.of(new Packing(bytes)));
  }

  Settings settings() {
    return new Settings(
        images,
        LabelColumns.USUAL,
        split,
        new TrainSettings(
            seed,
            1,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(Precision.FLOAT32),
            BatchOf.WORKER,
            Optional.of(AveragingFrequency.always(1)),
            Optional.empty(),
            UpdaterState.KEPT,
            0),
        List.of());
  }

  ListingSummary scan(PhotoFolder photos) {
    return ListingSummary.of(
        plan(photos).listing(), new NamedClasses(images.classes(), images.labelRule()));
  }

  SplitPlan plan(PhotoFolder photos) {
    return SplitPlan.of(
        PhotoListing.of(photos.storage()),
        settings(),
        SplitPlan.Sources.of(
            file -> {
              throw new AssertionError(file);
            }));
  }

  String identity(PhotoFolder photos) {
    return DatasetIdentity.of(plan(photos), scan(photos), settings());
  }

  Manifest write(PhotoFolder photos, Path dataset) {
    var spark = JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
    return new DatasetWriter(spark, settings(), shardBytes, packing)
        .write(
            plan(photos),
            scan(photos),
            Optional.empty(),
            storage(dataset),
            "test",
            Progress.NONE,
            remark -> {});
  }

  static Storage storage(Path dataset) {
    return Storage.at(dataset.toString(), new Configuration());
  }

  /** Rows of a table, in its order. */
  static List<Row> table(Path dataset, String name) {
    return SharedSpark.session()
        .read()
        .parquet(dataset.resolve(name + ".parquet").toString())
        .collectAsList();
  }

  /** The split of each path. */
  static Map<String, String> splits(Path dataset) {
    Map<String, String> splits = new HashMap<>();
    for (Row row : table(dataset, "examples")) {
      splits.put(row.getAs("path"), row.getAs("split"));
    }
    return splits;
  }

  /** The examples of a split. */
  static Examples examples(Path dataset, Split split) {
    Manifest manifest = Manifest.read(storage(dataset));
    return Examples.of(
        Shards.share(SharedSpark.context(), dataset.toString(), manifest.shardHashes()),
        split,
        manifest);
  }
}
