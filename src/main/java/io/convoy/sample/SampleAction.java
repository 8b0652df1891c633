package io.convoy.sample;

import io.convoy.failure.Amount;
import io.convoy.image.JpegEncoder;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Draws pictures of cats and dogs in the layout of Kaggle's cats and dogs: {@code cats/cat.0.jpg},
 * {@code dogs/dog.0.jpg}; or of figures in any number of classes: {@code
 * class-001/class-001.0.jpg}. The bytes depend on the seed alone, not on the cluster.
 */
public final class SampleAction {
  private static final int MOST_IMAGES_PER_PARTITION = 250;

  private final SparkSession spark;

  public SampleAction(SparkSession spark) {
    this.spark = spark;
  }

  /** The pictures of a sample by their number, from 0. */
  private interface Drawings extends Serializable {
    Drawing get(long n);
  }

  /**
   * Draws half cats, half dogs; of an odd number, one cat more.
   *
   * @param folder an empty or missing folder on any Hadoop file system; the configuration of the
   *     Spark context must be able to open it
   * @param images how many pictures, 0 or more
   * @param seed the same seed gives the same bytes
   */
  public void drawAnimals(String folder, int images, long seed) {
    draw(folder, images, n -> AnimalDrawing.of(seed, n));
  }

  /**
   * Draws pictures of figures, as many of each class; one more of the first ones where the number
   * does not divide.
   *
   * @param folder as for {@link #drawAnimals}
   * @param images how many pictures, 0 or more, of all classes together
   * @param classes 2 to 1,000
   * @param seed the same seed gives the same bytes
   */
  public void drawFigures(String folder, int images, int classes, long seed) {
    draw(folder, images, n -> FigureDrawing.of(seed, classes, n));
  }

  private void draw(String folder, int images, Drawings drawings) {
    SparkContext context = spark.sparkContext();
    int partitions =
        Math.max(context.defaultParallelism(), (images - 1) / MOST_IMAGES_PER_PARTITION + 1);
    SerializableConfiguration hadoop = new SerializableConfiguration(context.hadoopConfiguration());
    VoidFunction<Iterator<Long>> work = numbers -> write(numbers, folder, drawings, hadoop.value());
    JobNames names = new JobNames(context);
    names.begin("sample: drawing %s", Amount.of(images, "image"));
    try {
      // Spark SQL would first spend more than a second on its own start.
      context
          .range(0, images, 1, partitions)
          .toJavaRDD()
          .map(Long.class::cast)
          .foreachPartition(work);
    } finally {
      names.end();
    }
  }

  private static void write(
      Iterator<Long> numbers, String folder, Drawings drawings, Configuration hadoop)
      throws IOException {
    Storage root = Storage.at(folder, hadoop);
    try (ParallelWrites writes = new ParallelWrites(root.fileSystem())) {
      while (numbers.hasNext()) {
        Drawing drawing = drawings.get(numbers.next());
        byte[] jpeg = JpegEncoder.encode(drawing.paint());
        // Overwrites: a task that Spark runs again finds its own files, with the same bytes.
        writes.write(new Path(root.path(), drawing.path()), jpeg);
      }
      writes.finish();
    }
  }
}
