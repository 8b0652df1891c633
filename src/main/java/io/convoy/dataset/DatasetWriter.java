package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.ingest.FolderScan;
import io.convoy.ingest.Packing;
import io.convoy.ingest.PhotoFiles;
import io.convoy.progress.Progress;
import io.convoy.settings.Settings;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes a data set of a folder of photos: decodes each once, splits by content hash, and writes the
 * examples as shards, an index ({@code examples.parquet}), the rejected files ({@code
 * rejected.parquet}) and, last, the {@link Manifest}.
 */
public final class DatasetWriter {
  /** At most this many bytes a shard. */
  private static final long SHARD_BYTES = 128L << 20;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Settings settings;
  private final long shardBytes;
  private final Optional<Packing> packing;

  /**
   * @param spark the session
   * @param settings what the examples shall be
   */
  public DatasetWriter(SparkSession spark, Settings settings) {
    this(spark, settings, SHARD_BYTES, Optional.empty());
  }

  DatasetWriter(SparkSession spark, Settings settings, long shardBytes, Optional<Packing> packing) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.shardBytes = shardBytes;
    this.packing = packing;
  }

  /**
   * Writes the data set.
   *
   * @param images the folder of photos
   * @param scan what a look at its names told
   * @param dataset where to; must be empty
   * @param version of convoy, for the manifest
   * @param progress counts the photos decoded
   * @return the manifest as written
   * @throws UserException if too many images are rejected, or too few are left
   */
  public Manifest write(
      Storage images, FolderScan scan, Storage dataset, String version, Progress progress) {
    var layout = new Manifest.RecordLayout(settings.images().height(), settings.images().width());
    JobNames names = new JobNames(context.sc());
    names.begin("prepare: decoding %,d images", scan.images());
    try (CountedTasks counted = new CountedTasks(spark.sparkContext(), progress);
        DecodedPhotos photos =
            new DecodedPhotos(
                spark, new PhotoFiles(context, images, packing), settings.images(), counted)) {
      long rejected = photos.rejected();
      photos.refuseTooMany(rejected, scan.images());
      names.begin("prepare: splitting by content hash");
      SplitAssignment assignment =
          new SplitAssignment(settings.split(), settings.images().classes());
      Dataset<Row> assigned = assignment.assign(photos.index()).persist(StorageLevel.DISK_ONLY());
      try {
        Map<Split, SplitCounts> counts =
            assignment.counts(assigned, layout.recordBytes(), shardBytes);
        names.begin("prepare: writing the examples");
        SerializableConfiguration configuration =
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        String contentHash =
            new Shards(dataset, counts, configuration).write(photos.used(), assigned);
        names.begin("prepare: writing the index");
        writeTable(index(assigned), dataset, "examples");
        writeTable(photos.rejectedRows(rejected), dataset, "rejected");
        Manifest manifest =
            new Manifest(
                Manifest.FORMAT,
                DatasetIdentity.of(images, scan, settings),
                contentHash,
                images.toString(),
                settings.images().classes(),
                settings.images().height(),
                settings.images().width(),
                counts.get(Split.TRAIN),
                counts.get(Split.VALIDATION),
                counts.get(Split.TEST),
                rejected,
                version);
        manifest.write(dataset);
        return manifest;
      } finally {
        assigned.unpersist();
      }
    } finally {
      names.end();
    }
  }

  private static Dataset<Row> index(Dataset<Row> assigned) {
    return assigned.drop("partition").repartition(1).sortWithinPartitions("split", "position");
  }

  private static void writeTable(Dataset<Row> rows, Storage dataset, String name) {
    rows.write().mode(SaveMode.Overwrite).parquet(dataset.child(name + ".parquet").toString());
  }
}
