package io.convoy.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads format and size of JPEG, PNG, BMP and lossy WebP files from their headers, by content and
 * not by name. It trusts no length in the file and reads no pixels; a header that reads well may
 * still belong to a truncated file. Thread-safe.
 */
public final class HeaderReader {

  /**
   * Reads little more than the header; the stream stays open, somewhere after it.
   *
   * @throws UnusableImageException if it is no image of a known format, or its header is broken
   * @throws IOException if the stream fails
   */
  public ImageHeader read(InputStream file) throws IOException, UnusableImageException {
    return header(ImageFile.read(new ByteReader(file)));
  }

  /**
   * @throws UnusableImageException if it is no image of a known format, or its header is broken
   */
  public ImageHeader read(byte[] file) throws UnusableImageException {
    return header(imageFile(file));
  }

  static ImageFile imageFile(byte[] file) throws UnusableImageException {
    try {
      return ImageFile.read(new ByteReader(file));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static ImageHeader header(ImageFile file) {
    Shape upright = file.image().upright();
    return new ImageHeader(file.format().name(), upright.height(), upright.width());
  }
}
