package io.convoy.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * PNG (third edition, chapter 5): a signature, then chunks of length, type, data and checksum, from
 * IHDR to IEND.
 */
final class Png implements ImageFormat {
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;
  private static final int SIGNATURE_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;

  /** Length, type and checksum. */
  private static final int CHUNK_FRAME_BYTES = 12;

  /** The bit of a chunk's type that makes its first letter small. */
  private static final int ANCILLARY = 0x20000000;

  /** As in JPEG, where the segment sets the limit. */
  private static final int MAX_EXIF_BYTES = 65_535;

  @Override
  public String name() {
    return "PNG";
  }

  @Override
  public boolean matches(byte[] start) {
    return Signature.at(start, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A);
  }

  @Override
  public StoredImage read(ByteReader file) throws IOException, UnusableImageException {
    file.skip(SIGNATURE_BYTES);
    long length = chunkLength(file);
    if (file.i32() != IHDR || length != 13) {
      throw new UnusableImageException("corrupt PNG: does not start with an image header");
    }
    int width = file.i32();
    int height = file.i32();
    file.skip(length - 8 + CHECKSUM_BYTES);
    return StoredImage.of(name(), height, width, orientation(file));
  }

  /**
   * The orientation of an EXIF chunk before the pixels; one after them would need the whole file.
   */
  private static Orientation orientation(ByteReader file) throws IOException {
    while (true) {
      long length = chunkLength(file);
      int type = file.i32();
      if (type == IDAT || type == IEND) {
        return Orientation.UPRIGHT;
      }
      if (type == EXIF && length <= MAX_EXIF_BYTES) {
        return Orientation.ofExif(file.bytes((int) length));
      }
      file.skip(length + CHECKSUM_BYTES);
    }
  }

  /**
   * Keeps the critical chunks: libpng inflates the text and colour profiles of the others, a
   * thousand bytes for each in the file, to throw them away.
   */
  @Override
  public byte[] strip(byte[] bytes) throws IOException {
    ByteReader file = new ByteReader(bytes);
    file.skip(SIGNATURE_BYTES);
    ByteArrayOutputStream critical = new ByteArrayOutputStream(bytes.length);
    critical.write(bytes, 0, SIGNATURE_BYTES);
    int start = SIGNATURE_BYTES;
    int type;
    do {
      long length = chunkLength(file);
      type = file.i32();
      file.skip(length + CHECKSUM_BYTES);
      int chunkBytes = (int) length + CHUNK_FRAME_BYTES;
      if ((type & ANCILLARY) == 0) {
        critical.write(bytes, start, chunkBytes);
      }
      start += chunkBytes;
    } while (type != IEND);
    return critical.toByteArray();
  }

  @Override
  public String missingEnd() {
    return "truncated PNG: no end chunk";
  }

  private static long chunkLength(ByteReader file) throws IOException {
    return Integer.toUnsignedLong(file.i32());
  }
}
