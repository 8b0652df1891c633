package io.convoy.predict;

import io.convoy.explain.GradCam;
import io.convoy.explain.HeatMap;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.image.UnusableImageException;
import io.convoy.ingest.FileContents;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoLoader;
import io.convoy.ingest.PhotoPixels;
import io.convoy.ingest.RejectedFileException;
import io.convoy.modelfile.ModelCard;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.network.Shape;
import io.convoy.spark.JobNames;
import java.io.FileNotFoundException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where a network sees the classes of photos: pictures that are made of its heat maps, where the
 * photos are read. A photo that can no longer be used is left out.
 *
 * @param <R> what is made of a photo
 */
public final class Explanations<R extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Feature maps before a pooling are large. */
  private static final int BATCH = 8;

  private final PhotoLoader loader;
  private final ImageSize size;
  private final Picture<R> picture;

  /**
   * A photo whose class is to be explained.
   *
   * @param path below the images folder
   * @param label of the class
   */
  public record Asked(String path, int label) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** What was made of a photo. */
  public record Explained<R extends Serializable>(String path, R picture) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Makes something of a photo and of where its class is seen. Travels to the tasks. */
  public interface Picture<R extends Serializable> extends Serializable {
    /**
     * @param path of the photo below the images folder
     * @param file its bytes
     * @throws UnusableImageException if they are no photo that can be used
     */
    R of(String path, byte[] file, HeatMap heat) throws UnusableImageException;
  }

  /**
   * @param card of the model
   * @param contents reads the photos
   * @param limits of the photos
   * @param picture is made of each
   */
  public Explanations(
      ModelCard card, FileContents contents, Scoring.Limits limits, Picture<R> picture) {
    this.size = new ImageSize(card.height(), card.width());
    this.loader =
        new PhotoLoader(
            contents,
            new PhotoPixels(size, new ImageLimits(limits.maxPixels()), limits.maxFileBytes()));
    this.picture = picture;
  }

  /**
   * Explains in this process.
   *
   * @param network one that {@link GradCam} explains
   */
  public List<Explained<R>> here(Network network, List<Asked> photos) {
    return explained(network, photos.iterator(), Runtime.getRuntime().availableProcessors());
  }

  /**
   * Explains on the executors.
   *
   * @param network one that {@link GradCam} explains
   */
  public List<Explained<R>> on(JavaSparkContext spark, Network network, List<Asked> photos) {
    if (photos.isEmpty()) {
      return List.of();
    }
    JobNames names = new JobNames(spark.sc());
    names.begin("explain: looking where the network sees the classes");
    Broadcast<NetworkState> model = spark.broadcast(NetworkState.ofParameters(network));
    try {
      return spark
          .parallelize(photos, Math.min(photos.size(), spark.defaultParallelism()))
          .mapPartitions(
              asked ->
                  explained(model.value().shared(), asked, TaskContext.get().cpus()).iterator())
          .collect();
    } finally {
      model.destroy();
      names.end();
    }
  }

  private List<Explained<R>> explained(Network network, Iterator<Asked> photos, int threads) {
    Shape image = new Shape(Rgb.CHANNELS, size.height(), size.width());
    List<Explained<R>> explained = new ArrayList<>();
    try (GradCam gradCam = GradCam.of(network, image, threads).orElseThrow()) {
      while (photos.hasNext()) {
        explained.addAll(explained(gradCam, next(photos)));
      }
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    return explained;
  }

  private static List<Asked> next(Iterator<Asked> photos) {
    List<Asked> few = new ArrayList<>();
    while (few.size() < BATCH && photos.hasNext()) {
      few.add(photos.next());
    }
    return few;
  }

  /** A photo that was read. */
  private record Read(Asked asked, byte[] file, byte[] pixels) {}

  private List<Explained<R>> explained(GradCam gradCam, List<Asked> photos) {
    List<Read> read = photos.stream().flatMap(asked -> read(asked).stream()).toList();
    List<HeatMap> heat =
        gradCam.heatMaps(
            read.stream().map(Read::pixels).toList(),
            size.height(),
            size.width(),
            read.stream().mapToInt(each -> each.asked.label).toArray());
    List<Explained<R>> explained = new ArrayList<>();
    for (int i = 0; i < heat.size(); i++) {
      String path = read.get(i).asked.path;
      try {
        explained.add(new Explained<>(path, picture.of(path, read.get(i).file, heat.get(i))));
      } catch (UnusableImageException e) {
        // It was decoded a moment ago.
        throw new IllegalStateException(path, e);
      }
    }
    return explained;
  }

  private Optional<Read> read(Asked asked) {
    try {
      long bytes = loader.contents().place(asked.path).length();
      byte[] file = loader.read(new PhotoFile(asked.path, bytes, 0));
      return Optional.of(new Read(asked, file, loader.decode(file)));
    } catch (RejectedFileException e) {
      return Optional.empty();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
