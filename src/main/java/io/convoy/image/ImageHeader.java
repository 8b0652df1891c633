package io.convoy.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * What the header of a JPEG, PNG, BMP or lossy WebP file says of its image; the pixels may still
 * turn out to be unusable, and the file to be truncated.
 *
 * @param format "JPEG", "PNG", "BMP" or "WebP", by content and not by name
 * @param height rows of the upright image (EXIF orientation applied), at least 1
 * @param width columns of the upright image, at least 1
 */
public record ImageHeader(String format, int height, int width) implements Serializable {

  /**
   * Reads little more than the header, trusting no length in it; the stream stays open, somewhere
   * after it.
   *
   * @throws UnusableImageException if it is no image of a known format, or its header is broken
   * @throws IOException if the stream fails
   */
  public static ImageHeader read(InputStream file) throws IOException, UnusableImageException {
    return of(ImageFile.read(new ByteReader(file)));
  }

  /**
   * Reads the header of a file in memory.
   *
   * @throws UnusableImageException if it is no image of a known format, or its header is broken
   */
  public static ImageHeader read(byte[] file) throws UnusableImageException {
    return of(ImageFile.read(file));
  }

  private static ImageHeader of(ImageFile file) {
    ImageSize upright = file.image().upright();
    return new ImageHeader(file.format().name(), upright.height(), upright.width());
  }
}
