package io.convoy.dataset;

import io.convoy.image.ImageHeader;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.image.UnusableImageException;
import io.convoy.ingest.FileContents;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoLoader;
import io.convoy.ingest.PhotoPixels;
import io.convoy.ingest.RejectedFileException;
import io.convoy.labels.Labeler;
import io.convoy.settings.ImageSettings;
import java.io.Serializable;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * From a file's bytes to a {@link PhotoOutcome}; a file that cannot be used becomes a rejected one.
 */
final class PhotoReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PhotoLoader loader;
  private final Labeler labeler;

  /**
   * @param settings what photos become
   * @param labeler gives them their labels
   * @param contents reads their files
   */
  PhotoReader(ImageSettings settings, Labeler labeler, FileContents contents) {
    this.loader =
        new PhotoLoader(
            contents,
            new PhotoPixels(
                new ImageSize(settings.height(), settings.width()),
                new ImageLimits(settings.maxPixels()),
                settings.maxFileBytes()));
    this.labeler = labeler;
  }

  /** Reads and decodes a file; one that is too large is not read. */
  PhotoOutcome read(PhotoFile file) {
    try {
      return read(file.path(), loader.read(file));
    } catch (RejectedFileException e) {
      return new PhotoOutcome.Rejected(file.path(), e.getMessage(), e.found());
    }
  }

  private PhotoOutcome read(String path, byte[] bytes) throws RejectedFileException {
    OptionalInt label = labeler.label(path);
    if (label.isEmpty()) {
      throw RejectedFileException.of(labeler.whyNone(path), bytes);
    }
    try {
      ImageHeader header = ImageHeader.read(bytes);
      byte[] pixels = loader.decode(bytes);
      String hash = DigestUtils.sha256Hex(bytes);
      return new PhotoOutcome.Used(
          new LabelledPhoto(path, label.getAsInt(), hash, header.height(), header.width()),
          pixels,
          PhotoDecoder.lacksEnd(bytes)
              ? PhotoOutcome.Ending.WITHOUT_MARKER
              : PhotoOutcome.Ending.WHOLE);
    } catch (UnusableImageException e) {
      throw RejectedFileException.of(e.getMessage(), bytes);
    }
  }
}
