package io.convoy.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A file recognised by its first bytes.
 *
 * @param format how it is coded
 * @param image what its header says
 */
record ImageFile(ImageFormat format, StoredImage image) {
  private static final List<ImageFormat> FORMATS =
      List.of(new Jpeg(), new Png(), new Bmp(), new WebP());

  private static final int START_BYTES = 512;

  static ImageFile read(byte[] file) throws UnusableImageException {
    try {
      return read(new ByteReader(file));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  static ImageFile read(ByteReader file) throws IOException, UnusableImageException {
    byte[] start = file.peek(START_BYTES);
    for (ImageFormat format : FORMATS) {
      if (format.matches(start)) {
        try {
          return new ImageFile(format, format.read(file));
        } catch (EOFException e) {
          throw new UnusableImageException(e, "truncated %s: ends in its header", format.name());
        }
      }
    }
    throw new UnusableImageException("%s", UnsupportedFormat.describe(start));
  }

  /** See {@link ImageFormat#strip}. */
  byte[] strip(byte[] file) throws UnusableImageException {
    try {
      return format.strip(file);
    } catch (IOException e) {
      throw new UnusableImageException(e, "%s", format.missingEnd());
    }
  }
}
