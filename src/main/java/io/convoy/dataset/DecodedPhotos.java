package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.ingest.PhotoFiles;
import io.convoy.settings.ImageSettings;
import io.convoy.spark.CountedTasks;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** The photos of a folder, used and rejected, decoded once and kept on the executors' disks. */
final class DecodedPhotos implements AutoCloseable {
  private static final int SHOWN_REASONS = 3;

  private static final StructType INDEX =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("hash", DataTypes.StringType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("partition", DataTypes.IntegerType, false);

  private static final StructType REJECTED =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("reason", DataTypes.StringType, false)
          .add("found", DataTypes.StringType, false);

  private final SparkSession spark;
  private final ImageSettings settings;
  private final JavaRDD<Photo> photos;

  /**
   * Plans the decoding; the first question does it.
   *
   * @param spark the session
   * @param files the photos
   * @param settings what they become
   * @param decodedPhotos counts them
   */
  DecodedPhotos(
      SparkSession spark, PhotoFiles files, ImageSettings settings, CountedTasks decodedPhotos) {
    this.spark = spark;
    this.settings = settings;
    PhotoReader reader = new PhotoReader(settings, files.contents());
    this.photos =
        files
            .listed()
            .map(
                file -> {
                  Photo photo = reader.read(file);
                  decodedPhotos.add(1);
                  return photo;
                })
            .persist(StorageLevel.DISK_ONLY());
  }

  /** How many photos cannot be used. */
  long rejected() {
    return rejectedPhotos().count();
  }

  /**
   * Refuses a folder with more bad images than the settings allow.
   *
   * @param rejected how many there are
   * @param images of how many
   */
  void refuseTooMany(long rejected, long images) {
    if (rejected <= settings.maxRejected() * images) {
      return;
    }
    List<Photo> first = rejectedPhotos().takeOrdered(SHOWN_REASONS, new PhotoOrder());
    String reasons =
        String.join("; ", first.stream().map(p -> p.path() + ": " + p.reason()).toList());
    throw new UserException(
        "%,d of %,d images cannot be used, more than the share of %s that --max-rejected allows; the"
            + " first: %s. Mend or remove them, or raise --max-rejected.",
        rejected, images, settings.maxRejected(), reasons);
  }

  /**
   * Rows of path, reason and what was found instead, in the order of the paths.
   *
   * @param rejected how many there are; for none of them the photos are not read again
   */
  Dataset<Row> rejectedRows(long rejected) {
    if (rejected == 0) {
      return spark.createDataFrame(List.of(), REJECTED);
    }
    JavaRDD<Row> rows =
        rejectedPhotos().map(p -> RowFactory.create(p.path(), p.reason(), p.found()));
    return spark.createDataFrame(rows, REJECTED).repartition(1).sortWithinPartitions("path");
  }

  /** The used photos without their pixels; {@code partition} says where the pixels are. */
  Dataset<Row> index() {
    JavaRDD<Row> rows =
        used()
            .mapPartitionsWithIndex(
                (partition, inPartition) ->
                    streamOf(inPartition).map(photo -> indexRow(photo, partition)).iterator(),
                true);
    return spark.createDataFrame(rows, INDEX);
  }

  private static Row indexRow(Photo photo, int partition) {
    return RowFactory.create(
        photo.path(), photo.label(), photo.hash(), photo.height(), photo.width(), partition);
  }

  /** The photos that can be used; their partitions never change. */
  JavaRDD<Photo> used() {
    return photos.filter(Photo::isUsed);
  }

  private JavaRDD<Photo> rejectedPhotos() {
    return photos.filter(photo -> !photo.isUsed());
  }

  /** One pass over a partition. */
  static Stream<Photo> streamOf(Iterator<Photo> partition) {
    Iterable<Photo> once = () -> partition;
    return StreamSupport.stream(once.spliterator(), false);
  }

  /** Gives the disks free. */
  @Override
  public void close() {
    photos.unpersist();
  }
}
