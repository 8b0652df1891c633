package io.convoy.dataset;

import io.convoy.image.HeaderReader;
import io.convoy.image.ImageHeader;
import io.convoy.image.ImageLimits;
import io.convoy.image.PhotoDecoder;
import io.convoy.image.Shape;
import io.convoy.image.UnusableImageException;
import io.convoy.ingest.FileContents;
import io.convoy.ingest.Labeler;
import io.convoy.ingest.ListedFile;
import io.convoy.settings.ImageSettings;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;

/** From a file's bytes to a {@link Photo}; a file that cannot be used becomes a rejected one. */
final class PhotoReader implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BYTES = 8;

  private final ImageSettings settings;
  private final FileContents contents;
  private final Labeler labeler;

  /** Does not serialise: each task makes its own. */
  private transient PhotoDecoder decoder;

  /**
   * @param settings what photos become
   * @param contents reads their files
   */
  PhotoReader(ImageSettings settings, FileContents contents) {
    this.settings = settings;
    this.contents = contents;
    this.labeler = new Labeler(settings.classes(), settings.labelRule());
  }

  /** Reads and decodes a file; one that is too large is not read. */
  Photo read(ListedFile file) {
    if (file.bytes() > settings.maxFileBytes()) {
      return Photo.rejected(
          file.path(), ListedFile.tooLarge(settings.maxFileBytes()), file.bytes() + " bytes");
    }
    try {
      return read(file.path(), contents.read(file));
    } catch (FileContents.UnreadableException e) {
      return Photo.rejected(file.path(), e.getMessage(), file.bytes() + " bytes when listed");
    }
  }

  private Photo read(String path, byte[] bytes) {
    OptionalInt label = labeler.label(path);
    if (label.isEmpty()) {
      return Photo.rejected(path, labeler.whyNone(path), found(bytes));
    }
    try {
      ImageHeader header = new HeaderReader().read(bytes);
      byte[] pixels = decoder().decode(bytes);
      return Photo.used(
          path,
          label.getAsInt(),
          DigestUtils.sha256Hex(bytes),
          header.height(),
          header.width(),
          pixels);
    } catch (UnusableImageException e) {
      return Photo.rejected(path, e.getMessage(), found(bytes));
    }
  }

  private PhotoDecoder decoder() {
    if (decoder == null) {
      decoder =
          new PhotoDecoder(
              new Shape(settings.height(), settings.width()),
              new ImageLimits(settings.maxPixels()));
    }
    return decoder;
  }

  private static String found(byte[] bytes) {
    if (bytes.length == 0) {
      return "0 bytes";
    }
    String start =
        HexFormat.ofDelimiter(" ")
            .withUpperCase()
            .formatHex(bytes, 0, Math.min(SHOWN_BYTES, bytes.length));
    return String.format(Locale.ROOT, "%d bytes that begin with %s", bytes.length, start);
  }
}
