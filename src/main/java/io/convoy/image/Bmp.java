package io.convoy.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.stream.IntStream;

/** Windows bitmap (BITMAPFILEHEADER, then BITMAPCOREHEADER or BITMAPINFOHEADER and its kin). */
final class Bmp implements ImageFormat {
  private static final int CORE_HEADER_BYTES = 12;

  /** The lengths of BITMAPINFOHEADER, its versions 2 to 5, and OS/2's. */
  private static final int[] HEADER_BYTES = {CORE_HEADER_BYTES, 40, 52, 56, 64, 108, 124};

  private static final int OS2_HEADER_BYTES = 64;
  private static final int PLAIN = 0;
  private static final int BIT_FIELDS = 3;
  private static final int ALPHA_BIT_FIELDS = 6;

  private record Layout(
      long pixelOffset, int storedHeight, int width, int bitsPerPixel, Coding coding) {
    long rowBytes() {
      return ((long) width * bitsPerPixel + 31) / 32 * 4;
    }

    /** A negative height says that the rows are stored from top to bottom. */
    int height() {
      return Math.abs(storedHeight);
    }
  }

  /**
   * How the pixels are stored.
   *
   * @param supported whether they are read
   * @param masks of the channels; null where the number of bits says it all
   */
  private record Coding(boolean supported, BmpMasks masks) {
    static final Coding USUAL = new Coding(true, null);
  }

  @Override
  public String name() {
    return "BMP";
  }

  @Override
  public boolean matches(byte[] start) {
    return Signature.at(start, 0, "BM")
        && IntStream.of(HEADER_BYTES).anyMatch(bytes -> Signature.at(start, 14, bytes, 0, 0, 0));
  }

  @Override
  public StoredImage read(ByteReader file) throws IOException, UnusableImageException {
    Layout layout = layout(file);
    // Nothing in a run-length coded bitmap tells a complete one from a truncated one.
    if (!layout.coding().supported()) {
      throw new UnusableImageException("compressed BMP, which is not supported");
    }
    if (layout.coding().masks() != null) {
      layout.coding().masks().check();
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
    BmpMasks masks = layout.coding().masks();
    if (masks == null || masks.areUsual()) {
      return bytes;
    }
    return masks.plain(
        bytes, (int) layout.pixelOffset(), layout.height(), layout.width(), layout.storedHeight());
  }

  @Override
  public String missingEnd() {
    return "truncated BMP: fewer rows than its header says";
  }

  private static Layout layout(ByteReader file) throws IOException {
    file.skip(10);
    long pixelOffset = file.u32LittleEndian();
    int headerBytes = file.i32LittleEndian();
    if (headerBytes == CORE_HEADER_BYTES) {
      int width = file.u16LittleEndian();
      int height = file.u16LittleEndian();
      file.skip(2);
      return new Layout(pixelOffset, height, width, file.u16LittleEndian(), Coding.USUAL);
    }
    int width = file.i32LittleEndian();
    int height = file.i32LittleEndian();
    file.skip(2);
    int bitsPerPixel = file.u16LittleEndian();
    return new Layout(
        pixelOffset, height, width, bitsPerPixel, coding(file, headerBytes, bitsPerPixel));
  }

  /** The masks follow the information header, in later versions as a part of it. */
  private static Coding coding(ByteReader file, int headerBytes, int bits) throws IOException {
    int compression = file.i32LittleEndian();
    if (compression == PLAIN) {
      return Coding.USUAL;
    }
    boolean masked = compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS;
    if (!masked || headerBytes == OS2_HEADER_BYTES) {
      return new Coding(false, null);
    }
    file.skip(20);
    return new Coding(
        true,
        new BmpMasks(bits, file.i32LittleEndian(), file.i32LittleEndian(), file.i32LittleEndian()));
  }
}
