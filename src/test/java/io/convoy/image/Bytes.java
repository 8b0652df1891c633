package io.convoy.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Builds and edits files byte by byte. */
final class Bytes {
  private Bytes() {}

  static byte[] join(byte[]... parts) {
    ByteBuffer joined =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  static byte[] cut(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }

  static byte[] insert(byte[] file, int offset, byte[] part) {
    return join(cut(file, offset), part, Arrays.copyOfRange(file, offset, file.length));
  }

  /** A JPEG segment. */
  static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + content.length))
        .put(content)
        .array();
  }

  /** A PNG chunk. */
  static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) checksum.getValue())
        .array();
  }

  /** A TIFF header and a directory of one entry: the orientation. */
  static byte[] tiffWithOrientation(int value, ByteOrder order) {
    ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
    tiff.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) value);
    return tiff.array();
  }

  static byte[] jpegWithExif(byte[] jpeg, byte[] tiff) {
    return insert(jpeg, 2, segment(0xE1, join(new byte[] {'E', 'x', 'i', 'f', 0, 0}, tiff)));
  }

  /** The JPEG with another size in its baseline frame header. */
  static byte[] jpegClaiming(byte[] jpeg, int height, int width) {
    byte[] changed = jpeg.clone();
    int frame = 0;
    while ((changed[frame] & 0xFF) != 0xFF || (changed[frame + 1] & 0xFF) != 0xC0) {
      frame++;
    }
    ByteBuffer.wrap(changed).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
    return changed;
  }
}
