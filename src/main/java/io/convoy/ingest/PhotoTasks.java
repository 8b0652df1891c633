package io.convoy.ingest;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The listed photos of a folder, dealt to tasks by their bytes.
 *
 * <p>Spark's {@code binaryFile} source does not tell a file that is gone from one that never was,
 * passes over empty files, takes a folder's name for a pattern, and lists once more.
 */
public final class PhotoTasks {
  private final JavaSparkContext context;
  private final PhotoListing listing;
  private final Optional<Packing> packing;

  /** Tasks that suit the files and the cluster's cores. */
  public PhotoTasks(JavaSparkContext context, PhotoListing listing) {
    this(context, listing, Optional.empty());
  }

  /** Tasks as they are packed. */
  public PhotoTasks(JavaSparkContext context, PhotoListing listing, Optional<Packing> packing) {
    this.context = context;
    this.listing = listing;
    this.packing = packing;
  }

  /** All files, in the order of their paths; none is opened. */
  public JavaRDD<PhotoFile> listed() {
    List<PhotoFile> files = listing.photos();
    List<List<PhotoFile>> tasks =
        packing.orElseGet(() -> Packing.of(files, context.defaultParallelism())).tasks(files);
    return context.parallelize(tasks, Math.max(1, tasks.size())).flatMap(List::iterator);
  }

  /** Reads listed files, on the executors. */
  public FileContents contents() {
    return new FileContents(
        listing.folder().toString(), new SerializableConfiguration(context.hadoopConfiguration()));
  }
}
