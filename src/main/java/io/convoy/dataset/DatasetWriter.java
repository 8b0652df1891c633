package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.ingest.FolderScan;
import io.convoy.ingest.RelativePaths;
import io.convoy.progress.Progress;
import io.convoy.settings.Settings;
import io.convoy.spark.CountedTasks;
import io.convoy.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Makes a data set of a folder of photos: decodes each once, splits by content hash, and writes the
 * examples as shards, an index ({@code examples.parquet}), the rejected files ({@code
 * rejected.parquet}) and, last, the {@link Manifest}.
 */
public final class DatasetWriter {
  /** At most this many bytes a shard. */
  private static final long SHARD_BYTES = 128L << 20;

  private static final int SHOWN_REASONS = 3;

  private static final StructType INDEX =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("hash", DataTypes.StringType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false);

  private static final StructType REJECTED =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("reason", DataTypes.StringType, false)
          .add("found", DataTypes.StringType, false);

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Settings settings;

  /**
   * @param spark the session
   * @param settings what the examples shall be
   */
  public DatasetWriter(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
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
    CountedTasks counted = new CountedTasks(spark.sparkContext(), progress);
    JavaRDD<Photo> photos = decoded(images, counted).persist(StorageLevel.DISK_ONLY());
    try {
      context.setJobDescription("prepare: decoding %,d images".formatted(scan.images()));
      long rejected = photos.filter(photo -> !photo.isUsed()).count();
      refuseTooMany(rejected, scan.images(), photos);
      SplitAssignment assignment =
          new SplitAssignment(settings.split(), settings.images().classes());
      context.setJobDescription("prepare: splitting by content hash");
      Dataset<Row> index = index(photos).persist(StorageLevel.DISK_ONLY());
      assignment.requireEnough(perClass(index));
      Dataset<Row> assigned = assignment.assign(index).persist(StorageLevel.DISK_ONLY());
      Map<Split, SplitCounts> counts = counts(assigned);

      context.setJobDescription("prepare: writing the examples");
      String contentHash = writeShards(photos, assigned, counts, dataset);
      context.setJobDescription("prepare: writing the index");
      writeTable(
          assigned.repartition(1).sortWithinPartitions("split", "position"), dataset, "examples");
      writeTable(rejectedRows(photos), dataset, "rejected");
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
      index.unpersist();
      assigned.unpersist();
      return manifest;
    } finally {
      photos.unpersist();
      counted.close();
      context.setJobDescription(null);
    }
  }

  private JavaRDD<Photo> decoded(Storage images, CountedTasks counted) {
    PhotoFiles files = new PhotoFiles(spark, images);
    PhotoReader reader =
        new PhotoReader(settings.images(), new RelativePaths(images.path().toString()));
    long limit = settings.images().maxFileBytes();
    JavaRDD<Photo> read =
        files
            .contentsUpTo(limit)
            .map(
                row -> {
                  Photo photo = reader.read(row.getString(0), row.getAs(1));
                  counted.add(1);
                  return photo;
                });
    JavaRDD<Photo> tooLarge =
        files.largerThan(limit).map(row -> reader.tooLarge(row.getString(0), row.getLong(1)));
    return read.union(tooLarge);
  }

  private void refuseTooMany(long rejected, long images, JavaRDD<Photo> photos) {
    double allowed = settings.images().maxRejected();
    if (rejected <= allowed * images) {
      return;
    }
    List<Photo> first = rejectedPhotos(photos).takeOrdered(SHOWN_REASONS, new PhotoOrder());
    String reasons =
        String.join("; ", first.stream().map(p -> p.path() + ": " + p.reason()).toList());
    throw new UserException(
        "%,d of %,d images cannot be used, more than the share of %s that --max-rejected allows; the"
            + " first: %s. Mend or remove them, or raise --max-rejected.",
        rejected, images, allowed, reasons);
  }

  private static JavaRDD<Photo> rejectedPhotos(JavaRDD<Photo> photos) {
    return photos.filter(photo -> !photo.isUsed());
  }

  private Dataset<Row> rejectedRows(JavaRDD<Photo> photos) {
    JavaRDD<Row> rows =
        rejectedPhotos(photos).map(p -> RowFactory.create(p.path(), p.reason(), p.found()));
    return spark.createDataFrame(rows, REJECTED).repartition(1).sortWithinPartitions("path");
  }

  private Dataset<Row> index(JavaRDD<Photo> photos) {
    JavaRDD<Row> rows =
        photos
            .filter(Photo::isUsed)
            .map(p -> RowFactory.create(p.path(), p.label(), p.hash(), p.height(), p.width()));
    return spark.createDataFrame(rows, INDEX);
  }

  private List<Long> perClass(Dataset<Row> index) {
    Long[] counts = new Long[settings.images().classes().size()];
    java.util.Arrays.fill(counts, 0L);
    for (Row row : index.groupBy("label").count().collectAsList()) {
      counts[row.getInt(0)] = row.getLong(1);
    }
    return List.of(counts);
  }

  private Map<Split, SplitCounts> counts(Dataset<Row> assigned) {
    int classes = settings.images().classes().size();
    Map<Split, int[]> perClass = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      perClass.put(split, new int[classes]);
    }
    for (Row row : assigned.groupBy("split", "label").count().collectAsList()) {
      perClass.get(Split.of(row.getString(0)))[row.getInt(1)] = Math.toIntExact(row.getLong(2));
    }
    Map<Split, SplitCounts> counts = new EnumMap<>(Split.class);
    perClass.forEach((split, images) -> counts.put(split, splitCounts(images)));
    return counts;
  }

  private SplitCounts splitCounts(int[] perClass) {
    int examples = java.util.Arrays.stream(perClass).sum();
    var layout = new Manifest.RecordLayout(settings.images().height(), settings.images().width());
    long bytes = (long) examples * layout.recordBytes();
    int shards = Math.toIntExact((bytes + SHARD_BYTES - 1) / SHARD_BYTES);
    int perShard = shards == 0 ? 1 : (examples + shards - 1) / shards;
    List<Integer> classes = java.util.Arrays.stream(perClass).boxed().toList();
    return new SplitCounts(examples, classes, shards, perShard);
  }

  private String writeShards(
      JavaRDD<Photo> photos,
      Dataset<Row> assigned,
      Map<Split, SplitCounts> counts,
      Storage dataset) {
    JavaPairRDD<String, Long> keys =
        assigned
            .select("path", "split", "position")
            .javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(
                        row.getString(0),
                        ShardPartitioner.key(Split.of(row.getString(1)), row.getInt(2))));
    ShardPartitioner partitioner = new ShardPartitioner(counts);
    SerializableConfiguration configuration =
        new SerializableConfiguration(context.hadoopConfiguration());
    List<String> hashes =
        photos
            .filter(Photo::isUsed)
            .mapToPair(photo -> new Tuple2<>(photo.path(), photo))
            .join(keys)
            .mapToPair(joined -> new Tuple2<>(joined._2._2, joined._2._1))
            .repartitionAndSortWithinPartitions(partitioner)
            .mapPartitions(new ShardWriter(dataset.toString(), partitioner, configuration))
            .collect();
    return sha256(new ArrayList<>(hashes));
  }

  private static String sha256(List<String> hashes) {
    try {
      byte[] joined = String.join("\n", hashes).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(joined));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void writeTable(Dataset<Row> rows, Storage dataset, String name) {
    rows.write().mode(SaveMode.Overwrite).parquet(dataset.child(name + ".parquet").toString());
  }
}
