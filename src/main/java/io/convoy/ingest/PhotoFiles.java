package io.convoy.ingest;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The image files of a folder, listed on the driver and dealt to tasks by their bytes.
 *
 * <p>Spark's {@code binaryFile} source does not tell a file that is gone from one that never was,
 * passes over empty files, takes a folder's name for a pattern, and lists once more.
 */
public final class PhotoFiles {
  private final JavaSparkContext context;
  private final Storage images;
  private final Optional<Packing> packing;

  /** Tasks that suit the files and the cluster's cores. */
  public PhotoFiles(JavaSparkContext context, Storage images) {
    this(context, images, Optional.empty());
  }

  /** Tasks as they are packed. */
  public PhotoFiles(JavaSparkContext context, Storage images, Optional<Packing> packing) {
    this.context = context;
    this.images = images;
    this.packing = packing;
  }

  /** All files, in the order of their paths; none is opened. */
  public JavaRDD<ListedFile> listed() {
    List<ListedFile> files = list();
    List<List<ListedFile>> tasks =
        packing.orElseGet(() -> Packing.of(files, context.defaultParallelism())).tasks(files);
    return context.parallelize(tasks, Math.max(1, tasks.size())).flatMap(List::iterator);
  }

  /** Reads listed files, on the executors. */
  public FileContents contents() {
    return new FileContents(
        images.toString(), new SerializableConfiguration(context.hadoopConfiguration()));
  }

  private List<ListedFile> list() {
    List<ListedFile> files = new ArrayList<>();
    try {
      new ImageListing(images)
          .forEach((path, file) -> files.add(new ListedFile(path, file.getLen())));
    } catch (IOException e) {
      throw new UncheckedIOException(images + ": " + e.getMessage(), e);
    }
    files.sort(Comparator.comparing(ListedFile::path));
    return files;
  }
}
