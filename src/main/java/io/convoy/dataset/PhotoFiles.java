package io.convoy.dataset;

import static org.apache.spark.sql.functions.col;

import io.convoy.ingest.ImageFiles;
import io.convoy.ingest.RelativePaths;
import io.convoy.storage.Storage;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The image files of a folder through Spark's {@code binaryFile} source. */
final class PhotoFiles {
  private final SparkSession spark;
  private final Storage images;

  PhotoFiles(SparkSession spark, Storage images) {
    this.spark = spark;
    this.images = images;
  }

  /** Rows of path and content, of the files with at most that many bytes. */
  JavaRDD<Row> contentsUpTo(long bytes) {
    return onlyImages(files().where(col("length").leq(bytes)).select("path", "content"));
  }

  /** Rows of path and length, of the files with more bytes; they are not read. */
  JavaRDD<Row> largerThan(long bytes) {
    return onlyImages(files().where(col("length").gt(bytes)).select("path", "length"));
  }

  private Dataset<Row> files() {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", ImageFiles.NAME_GLOB)
        .load(images.toString());
  }

  private JavaRDD<Row> onlyImages(Dataset<Row> files) {
    RelativePaths paths = new RelativePaths(images.path().toString());
    return files.javaRDD().filter(row -> ImageFiles.isImage(paths.of(row.getString(0))));
  }
}
