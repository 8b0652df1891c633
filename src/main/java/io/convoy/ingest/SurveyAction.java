package io.convoy.ingest;

import io.convoy.failure.Amount;
import io.convoy.image.ImageHeader;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.UnusableImageException;
import io.convoy.ingest.PhotoSurvey.Unusable;
import io.convoy.settings.ImageSettings;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.util.hashing.MurmurHash3$;

/** Reads the headers of a folder's images on Spark; never their pixels. */
public final class SurveyAction {
  /** More unusable images are counted, not named. */
  private static final int NAMED = 100;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final ImageSettings settings;

  /**
   * @param spark the session
   * @param settings which images are too large
   */
  public SurveyAction(SparkSession spark, ImageSettings settings) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
  }

  private static final class ByPath implements Comparator<Unusable>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Unusable a, Unusable b) {
      return a.path().compareTo(b.path());
    }
  }

  private record Seen(String path, ImageSize shape, String reason) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** An order that has nothing to do with names, and is always the same. */
  private static final class Shuffled implements Comparator<PhotoFile>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SEED = 1;

    @Override
    public int compare(PhotoFile a, PhotoFile b) {
      int byHash = Integer.compare(hash(a.path()), hash(b.path()));
      return byHash == 0 ? a.path().compareTo(b.path()) : byHash;
    }

    private static int hash(String path) {
      return MurmurHash3$.MODULE$.stringHash(path, SEED);
    }
  }

  /**
   * Surveys a folder.
   *
   * @param listing of the folder
   * @param limit how many are looked into, spread over all names; 0 for all
   */
  public PhotoSurvey survey(PhotoListing listing, int limit) {
    JobNames names = new JobNames(context.sc());
    JavaRDD<PhotoFile> files = new PhotoTasks(context, listing).listed();
    if (limit > 0) {
      names.begin("survey: choosing %s", Amount.of(limit, "photo"));
      files = context.parallelize(files.takeOrdered(limit, new Shuffled()));
    }
    Looker looker =
        new Looker(
            listing.folder().toString(),
            settings,
            new SerializableConfiguration(context.hadoopConfiguration()));
    names.begin("survey: reading the headers of photos");
    JavaRDD<Seen> seen = files.map(looker::look).cache();
    Map<ImageSize, Long> shapes =
        new HashMap<>(seen.filter(s -> s.reason == null).map(Seen::shape).countByValue());
    JavaRDD<Unusable> unusable =
        seen.filter(s -> s.reason != null).map(s -> new Unusable(s.path, s.reason));
    names.begin("survey: counting the photos that cannot be used");
    long unusableImages = unusable.count();
    names.begin("survey: naming the photos that cannot be used");
    List<Unusable> first = unusable.takeOrdered(NAMED, new ByPath());
    // Waits: Spark that is stopped meanwhile prints a stack trace.
    seen.unpersist(true);
    names.end();
    return PhotoSurvey.of(shapes, unusableImages, first);
  }

  private record Looker(
      String folder, ImageSettings settings, SerializableConfiguration configuration)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    Seen look(PhotoFile file) {
      String path = file.path();
      if (!file.fault().isEmpty()) {
        return new Seen(path, null, file.fault());
      }
      if (file.bytes() > settings.maxFileBytes()) {
        return new Seen(path, null, PhotoFile.tooLarge(settings.maxFileBytes()));
      }
      Storage place = Storage.at(folder, configuration.value()).child(path);
      try (InputStream in = place.fileSystem().open(place.path())) {
        ImageHeader header = ImageHeader.read(in);
        ImageSize shape = new ImageSize(header.height(), header.width());
        new ImageLimits(settings.maxPixels()).check(shape);
        return new Seen(path, shape, null);
      } catch (UnusableImageException e) {
        return new Seen(path, null, e.getMessage());
      } catch (IOException e) {
        return new Seen(path, null, "cannot be read: " + e.getMessage());
      }
    }
  }
}
