package io.convoy.ingest;

import io.convoy.failure.Amount;
import io.convoy.image.ImageHeader;
import io.convoy.image.ImageSize;
import io.convoy.image.UnusableImageException;
import io.convoy.ingest.PhotoHeaders.Seen;
import io.convoy.ingest.PhotoSurvey.Unusable;
import io.convoy.settings.ImageSettings;
import io.convoy.spark.JobNames;
import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads the headers of a folder's images on Spark, and the bytes of those that may be copies; never
 * their pixels.
 */
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
      files = context.parallelize(files.takeOrdered(limit, new PhotoHeaders.Shuffled()));
    }
    PhotoHeaders headers =
        new PhotoHeaders(
            listing.folder().toString(),
            settings,
            new SerializableConfiguration(context.hadoopConfiguration()));
    names.begin("survey: reading the headers of photos");
    JavaRDD<Seen> seen = files.map(headers::look).cache();
    Map<ImageSize, Long> shapes =
        new HashMap<>(seen.filter(s -> s.reason() == null).map(Seen::shape).countByValue());
    JavaRDD<Unusable> unusable =
        seen.filter(s -> s.reason() != null).map(s -> new Unusable(s.path(), s.reason()));
    names.begin("survey: counting the photos that cannot be used");
    long unusableImages = unusable.count();
    names.begin("survey: naming the photos that cannot be used");
    List<Unusable> first = unusable.takeOrdered(NAMED, new ByPath());
    // Waits: Spark that is stopped meanwhile prints a stack trace.
    seen.unpersist(true);
    names.end();
    return PhotoSurvey.of(shapes, unusableImages, first);
  }

  /**
   * A photo, and the hash of its bytes.
   *
   * @param path below the images folder
   * @param hash SHA-256 of the bytes, 64 hexadecimal digits
   */
  public record Hashed(String path, String hash) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Hashes the photos that may have copies: those of which another one has the same length. The
   * others are not opened.
   *
   * @return in the order of their paths
   */
  public List<Hashed> hashes(PhotoListing listing) {
    Map<Long, Long> lengths =
        listing.photos().stream()
            .collect(Collectors.groupingBy(PhotoFile::bytes, Collectors.counting()));
    List<PhotoFile> alike =
        listing.photos().stream()
            .filter(file -> file.fault().isEmpty() && lengths.get(file.bytes()) > 1)
            .filter(file -> file.bytes() <= settings.maxFileBytes())
            .toList();
    if (alike.isEmpty()) {
      return List.of();
    }
    PhotoTasks tasks =
        new PhotoTasks(context, new PhotoListing(listing.folder(), alike, listing.passedOver()));
    FileContents contents = tasks.contents();
    JobNames names = new JobNames(context.sc());
    names.begin("survey: comparing %s of equal length", Amount.of(alike.size(), "photo"));
    try {
      return tasks.listed().flatMap(file -> hashed(file, contents)).collect();
    } finally {
      names.end();
    }
  }

  /** One that cannot be used is told where headers are read. */
  private static Iterator<Hashed> hashed(PhotoFile file, FileContents contents) {
    try {
      byte[] bytes = contents.read(file);
      ImageHeader.read(bytes);
      return List.of(new Hashed(file.path(), DigestUtils.sha256Hex(bytes))).iterator();
    } catch (RejectedFileException | UnusableImageException e) {
      return Collections.emptyIterator();
    }
  }
}
