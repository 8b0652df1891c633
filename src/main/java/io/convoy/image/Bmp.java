package io.convoy.image;

import java.io.EOFException;
import java.io.IOException;

/** Windows bitmap (BITMAPFILEHEADER, then BITMAPCOREHEADER or BITMAPINFOHEADER and its kin). */
final class Bmp implements ImageFormat {
  private static final int CORE_HEADER_BYTES = 12;
  private static final int INFO_HEADER_BYTES = 40;
  private static final int PLAIN = 0;
  private static final int BIT_FIELDS = 3;

  private record Layout(
      long pixelOffset, int height, int width, int bitsPerPixel, int compression) {
    long rowBytes() {
      return ((long) width * bitsPerPixel + 31) / 32 * 4;
    }
  }

  @Override
  public String name() {
    return "BMP";
  }

  @Override
  public boolean matches(byte[] start) {
    return Signature.at(start, 0, "BM")
        && (Signature.at(start, 14, CORE_HEADER_BYTES, 0, 0, 0)
            || Signature.at(start, 14, INFO_HEADER_BYTES, 0, 0, 0)
            || Signature.at(start, 14, 108, 0, 0, 0)
            || Signature.at(start, 14, 124, 0, 0, 0));
  }

  @Override
  public StoredImage read(ByteReader file) throws IOException, UnusableImageException {
    Layout layout = layout(file);
    // Nothing in a run-length coded bitmap tells a complete one from a truncated one.
    if (layout.compression() != PLAIN && layout.compression() != BIT_FIELDS) {
      throw new UnusableImageException("compressed BMP, which is not supported");
    }
    return StoredImage.of(name(), layout.height(), layout.width(), Orientation.UPRIGHT);
  }

  @Override
  public byte[] strip(byte[] bytes) throws IOException {
    Layout layout = layout(new ByteReader(bytes));
    long rows = (bytes.length - layout.pixelOffset()) / Math.max(1, layout.rowBytes());
    if (rows < layout.height()) {
      throw new EOFException();
    }
    return bytes;
  }

  @Override
  public String missingEnd() {
    return "truncated BMP: fewer rows than its header says";
  }

  private static Layout layout(ByteReader file) throws IOException {
    file.skip(10);
    long pixelOffset = file.u32LittleEndian();
    if (file.i32LittleEndian() == CORE_HEADER_BYTES) {
      int width = file.u16LittleEndian();
      int height = file.u16LittleEndian();
      file.skip(2);
      return new Layout(pixelOffset, height, width, file.u16LittleEndian(), PLAIN);
    }
    int width = file.i32LittleEndian();
    // A negative height says that the rows are stored from top to bottom.
    int height = Math.abs(file.i32LittleEndian());
    file.skip(2);
    int bitsPerPixel = file.u16LittleEndian();
    return new Layout(pixelOffset, height, width, bitsPerPixel, file.i32LittleEndian());
  }
}
