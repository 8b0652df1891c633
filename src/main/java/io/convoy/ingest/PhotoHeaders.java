package io.convoy.ingest;

import io.convoy.image.ImageHeader;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.UnusableImageException;
import io.convoy.settings.ImageSettings;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import scala.util.hashing.MurmurHash3$;

/**
 * Reads the headers of photos.
 *
 * @param folder of the photos
 * @param settings which are too large
 * @param configuration of the file systems
 */
public record PhotoHeaders(
    String folder, ImageSettings settings, SerializableConfiguration configuration)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Enough for a median, and soon read from a store that takes its time for each. */
  private static final int SAMPLE = 32;

  /**
   * What a header tells.
   *
   * @param shape upright; null if the photo cannot be used
   * @param reason why it cannot be used; null if it can
   */
  record Seen(String path, ImageSize shape, String reason) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** An order that has nothing to do with names, and is always the same. */
  static final class Shuffled implements Comparator<PhotoFile>, Serializable {
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
   * The median height and the median width of some photos, upright, by their headers; empty where
   * none of them can be used. The same for the same photos.
   */
  public static Optional<ImageSize> medianSize(
      PhotoListing listing, ImageSettings settings, Configuration configuration) {
    PhotoHeaders headers =
        new PhotoHeaders(
            listing.folder().toString(), settings, new SerializableConfiguration(configuration));
    List<ImageSize> shapes =
        listing.photos().stream()
            .sorted(new Shuffled())
            .limit(SAMPLE)
            .map(headers::look)
            .filter(seen -> seen.reason() == null)
            .map(Seen::shape)
            .toList();
    return shapes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ImageSize(median(shapes, ImageSize::height), median(shapes, ImageSize::width)));
  }

  private static int median(List<ImageSize> shapes, ToIntFunction<ImageSize> side) {
    return shapes.stream().mapToInt(side).sorted().toArray()[shapes.size() / 2];
  }

  /** Reads one header. */
  Seen look(PhotoFile file) {
    String path = file.path();
    if (!file.fault().isEmpty()) {
      return new Seen(path, null, file.fault());
    }
    if (file.bytes() > settings.maxFileBytes()) {
      return new Seen(path, null, PhotoFile.tooLarge(settings.maxFileBytes()));
    }
    Storage place = Storage.at(folder, configuration.value()).file(path);
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
