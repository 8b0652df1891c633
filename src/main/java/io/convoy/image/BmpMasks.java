package io.convoy.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which bits of a pixel hold its colours, in a bitmap of 16 or 32 bits a pixel that says so itself.
 *
 * <p>OpenCV 4.5.5 takes all pixels of 32 bits for blue, green, red and a fourth byte, and reads the
 * masks of 16 bits behind the shortest header alone.
 *
 * @param bits of a pixel
 * @param red its mask
 * @param green its mask
 * @param blue its mask
 */
record BmpMasks(int bits, int red, int green, int blue) {
  /** The bytes of the file's and the information header, and the offset of the height in both. */
  private static final int HEADER_BYTES = 14 + 40;

  private static final int BITS_OUT = 24;

  /**
   * @throws UnusableImageException if a colour has no bits, or bits with gaps, or they overlap
   */
  void check() throws UnusableImageException {
    boolean distinct = (red & green) == 0 && (green & blue) == 0 && (red & blue) == 0;
    if (bits != 16 && bits != 32 || !distinct || !isRun(red) || !isRun(green) || !isRun(blue)) {
      throw new UnusableImageException(
          "BMP of %d bits with the channel masks %08x, %08x and %08x, which are not supported",
          bits, red, green, blue);
    }
  }

  private boolean isRun(int mask) {
    long run = Integer.toUnsignedLong(mask) >> Integer.numberOfTrailingZeros(mask);
    return mask != 0 && (run & run + 1) == 0 && (bits == 32 || mask >>> 16 == 0);
  }

  /** Whether OpenCV takes the pixels for what they are. */
  boolean areUsual() {
    return bits == 32 && red == 0xFF0000 && green == 0xFF00 && blue == 0xFF;
  }

  /**
   * The same image in 24 bits a pixel.
   *
   * @param file the bytes of the bitmap, complete
   * @param pixelOffset where its rows begin
   * @param height rows, positive
   * @param width columns
   * @param storedHeight the height as it is stored: negative where the first row is the topmost
   */
  byte[] plain(byte[] file, int pixelOffset, int height, int width, int storedHeight) {
    int rowBytes = (width * bits + 31) / 32 * 4;
    int rowBytesOut = (width * BITS_OUT + 31) / 32 * 4;
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out =
        ByteBuffer.allocate(HEADER_BYTES + height * rowBytesOut).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'B').put((byte) 'M').putInt(out.capacity()).putInt(0).putInt(HEADER_BYTES);
    out.putInt(40).putInt(width).putInt(storedHeight).putShort((short) 1);
    out.putShort((short) BITS_OUT);
    for (int row = 0; row < height; row++) {
      out.position(HEADER_BYTES + row * rowBytesOut);
      for (int column = 0; column < width; column++) {
        int at = pixelOffset + row * rowBytes + column * (bits / 8);
        int pixel = bits == 32 ? in.getInt(at) : Short.toUnsignedInt(in.getShort(at));
        out.put(level(pixel, blue)).put(level(pixel, green)).put(level(pixel, red));
      }
    }
    return out.array();
  }

  /** 0 to 255. */
  private static byte level(int pixel, int mask) {
    int shift = Integer.numberOfTrailingZeros(mask);
    long most = Integer.toUnsignedLong(mask) >> shift;
    long value = Integer.toUnsignedLong(pixel & mask) >> shift;
    return (byte) ((value * 255 + most / 2) / most);
  }
}
