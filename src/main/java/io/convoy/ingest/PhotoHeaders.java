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
import org.apache.spark.util.SerializableConfiguration;
import scala.util.hashing.MurmurHash3$;

/**
 * Reads the headers of photos.
 *
 * @param folder of the photos
 * @param settings which are too large
 * @param configuration of the file systems
 */
record PhotoHeaders(String folder, ImageSettings settings, SerializableConfiguration configuration)
    implements Serializable {
  private static final long serialVersionUID = 1L;

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
