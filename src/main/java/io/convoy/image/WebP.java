package io.convoy.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * WebP (RFC 9649): a RIFF file whose first chunk is the image or, in the extended form, its header.
 * An EXIF orientation is not applied, as its chunk follows the pixels; browsers ignore it too.
 *
 * <p>Only the lossy coding reaches OpenCV: a lossless image of 236 bytes can overwrite the memory
 * of the libwebp in OpenCV 4.5.5 (CVE-2023-4863), which ends the virtual machine, and nothing but a
 * decoder could tell it from a good one. Transparency is coded the same way.
 *
 * <p>Nor is it decoded in Java: TwelveMonkeys ImageIO 3.15.0 bounds neither the transforms nor the
 * prefix codes of an image, so that 1,716 bytes kept it busy for a minute with 1000x1000 pixels,
 * and 1.8 MB took 1.8 GB of heap for 16x16.
 */
final class WebP implements ImageFormat {
  private static final int RIFF = 0x52494646;
  private static final int WEBP = 0x57454250;
  private static final int LOSSY = 0x56503820;
  private static final int LOSSLESS = 0x5650384C;
  private static final int EXTENDED = 0x56503858;
  private static final int ANIMATION_FLAG = 0x02;
  private static final int SIDE_MASK = 0x3FFF;
  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;

  @Override
  public String name() {
    return "WebP";
  }

  @Override
  public boolean matches(byte[] start) {
    return Signature.at(start, 0, "RIFF") && Signature.at(start, 8, "WEBP");
  }

  @Override
  public StoredImage read(ByteReader file) throws IOException, UnusableImageException {
    file.skip(RIFF_BYTES);
    int chunk = file.i32();
    file.skip(4);
    switch (chunk) {
      case LOSSY -> {
        file.skip(6);
        int width = file.u16LittleEndian() & SIDE_MASK;
        return stored(file.u16LittleEndian() & SIDE_MASK, width);
      }
      case LOSSLESS -> throw lossless();
      case EXTENDED -> {
        if ((file.u8() & ANIMATION_FLAG) != 0) {
          throw new UnusableImageException("animated WebP, which is not supported");
        }
        file.skip(3);
        int width = file.u24LittleEndian() + 1;
        return stored(file.u24LittleEndian() + 1, width);
      }
      default -> throw new UnusableImageException("corrupt WebP: starts with an unknown chunk");
    }
  }

  /** Keeps the first lossy chunk, as a file of its own. */
  @Override
  public byte[] strip(byte[] bytes) throws IOException, UnusableImageException {
    ByteReader whole = new ByteReader(bytes);
    whole.skip(4);
    whole.skip(whole.u32LittleEndian());
    byte[] simple = simple(lossy(bytes));
    if (!read(new ByteReader(simple)).equals(read(new ByteReader(bytes)))) {
      throw new UnusableImageException(
          "corrupt WebP: its frame is not of the size that its header says");
    }
    return simple;
  }

  private static byte[] lossy(byte[] bytes) throws IOException, UnusableImageException {
    ByteReader file = new ByteReader(bytes);
    file.skip(RIFF_BYTES);
    int chunk = file.i32();
    long length = file.u32LittleEndian();
    while (chunk != LOSSY) {
      if (chunk == LOSSLESS) {
        throw lossless();
      }
      file.skip(length + length % 2);
      chunk = file.i32();
      length = file.u32LittleEndian();
    }
    if (length > bytes.length) {
      throw new EOFException();
    }
    return file.bytes((int) length);
  }

  private static byte[] simple(byte[] lossy) {
    return ByteBuffer.allocate(RIFF_BYTES + CHUNK_HEADER_BYTES + lossy.length)
        .putInt(RIFF)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(4 + CHUNK_HEADER_BYTES + lossy.length)
        .order(ByteOrder.BIG_ENDIAN)
        .putInt(WEBP)
        .putInt(LOSSY)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(lossy.length)
        .put(lossy)
        .array();
  }

  private static UnusableImageException lossless() {
    return new UnusableImageException("lossless WebP, which is not supported");
  }

  @Override
  public String missingEnd() {
    return "truncated WebP: shorter than its header says";
  }

  private StoredImage stored(int height, int width) throws UnusableImageException {
    return StoredImage.of(name(), height, width, Orientation.UPRIGHT);
  }
}
