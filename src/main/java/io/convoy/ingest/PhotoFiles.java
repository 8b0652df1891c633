package io.convoy.ingest;

import static org.apache.spark.sql.functions.col;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** The image files of a folder through Spark's {@code binaryFile} source. */
public final class PhotoFiles {
  private final JavaSparkContext context;
  private final Storage images;
  private final RelativePaths paths;
  private final Dataset<Row> files;

  /** Lists the folder; no file is opened. */
  public PhotoFiles(SparkSession spark, Storage images) {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.images = images;
    this.paths = new RelativePaths(images.toString());
    this.files =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .option("pathGlobFilter", ImageFiles.NAME_GLOB)
            .load(withoutWildcards(images.toString()));
  }

  /** Path below the folder and content, of the files with 1 to that many bytes. */
  public JavaPairRDD<String, byte[]> contentsUpTo(long bytes) {
    RelativePaths relative = paths;
    return files
        .where(col("length").leq(bytes))
        .select("path", "content")
        .javaRDD()
        .mapToPair(row -> new Tuple2<>(relative.of(row.getString(0)), row.<byte[]>getAs(1)))
        .filter(file -> ImageFiles.isImage(file._1));
  }

  /** All files, also empty ones, which {@code binaryFile} passes over; none is read. */
  public JavaRDD<ListedFile> listed() {
    RelativePaths relative = paths;
    return files
        .select("path", "length")
        .javaRDD()
        .map(row -> new ListedFile(relative.of(row.getString(0)), row.getLong(1)))
        .filter(file -> ImageFiles.isImage(file.path()))
        .union(context.parallelize(empty()));
  }

  /** On the driver, like Spark's own listing of the folder, of which this is a part. */
  private List<ListedFile> empty() {
    List<ListedFile> empty = new ArrayList<>();
    try {
      new ImageListing(images)
          .forEach(
              (path, file) -> {
                if (file.getLen() == 0) {
                  empty.add(new ListedFile(path, 0));
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(images + ": " + e.getMessage(), e);
    }
    return empty;
  }

  /** Spark takes a path for a pattern, in which {@code [2024]} is one digit. */
  private static String withoutWildcards(String path) {
    return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
  }
}
