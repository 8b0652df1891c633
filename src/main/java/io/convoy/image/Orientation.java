package io.convoy.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The EXIF orientation (tag 0x0112): how the stored pixels must be turned to stand upright. The
 * constants are in the order of the tag's values 1 to 8 and carry what brings the pixels upright: a
 * transposition first, then a mirroring.
 */
enum Orientation {
  UPRIGHT(false, Mirror.NONE),
  MIRRORED(false, Mirror.LEFT_RIGHT),
  UPSIDE_DOWN(false, Mirror.BOTH),
  UPSIDE_DOWN_MIRRORED(false, Mirror.TOP_BOTTOM),
  TRANSPOSED(true, Mirror.NONE),
  TURN_CLOCKWISE(true, Mirror.LEFT_RIGHT),
  TRANSVERSED(true, Mirror.BOTH),
  TURN_COUNTERCLOCKWISE(true, Mirror.TOP_BOTTOM);

  /** What is mirrored after the transposition. */
  enum Mirror {
    NONE,
    LEFT_RIGHT,
    TOP_BOTTOM,
    BOTH
  }

  private static final int TIFF_MAGIC = 42;
  private static final int ENTRY_BYTES = 12;
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int TYPE_SHORT = 3;

  private final boolean transposed;
  private final Mirror mirror;

  Orientation(boolean transposed, Mirror mirror) {
    this.transposed = transposed;
    this.mirror = mirror;
  }

  boolean transposed() {
    return transposed;
  }

  Mirror mirror() {
    return mirror;
  }

  /** The shape that stored pixels of the given shape have when upright, and the other way round. */
  ImageSize turn(ImageSize shape) {
    return transposed ? shape.transposed() : shape;
  }

  /**
   * The orientation in an EXIF block (a TIFF header and its first directory; EXIF 2.3, 4.5 and
   * 4.6.4 A). A block without one or with a nonsensical one counts as upright, as in browsers: a
   * broken EXIF block does not make a photo unusable.
   */
  static Orientation ofExif(byte[] tiff) {
    ByteBuffer block = ByteBuffer.wrap(tiff);
    if (tiff.length < 8) {
      return UPRIGHT;
    }
    switch (block.getShort(0)) {
      case 0x4949 -> block.order(ByteOrder.LITTLE_ENDIAN);
      case 0x4D4D -> block.order(ByteOrder.BIG_ENDIAN);
      default -> {
        return UPRIGHT;
      }
    }
    long directory = Integer.toUnsignedLong(block.getInt(4));
    if (block.getShort(2) != TIFF_MAGIC || directory + 2 > tiff.length) {
      return UPRIGHT;
    }
    int entries = Short.toUnsignedInt(block.getShort((int) directory));
    int first = (int) directory + 2;
    for (int i = 0; i < entries && first + (i + 1) * ENTRY_BYTES <= tiff.length; i++) {
      int entry = first + i * ENTRY_BYTES;
      if (Short.toUnsignedInt(block.getShort(entry)) == ORIENTATION_TAG) {
        int value = Short.toUnsignedInt(block.getShort(entry + 8));
        boolean known = block.getShort(entry + 2) == TYPE_SHORT && value >= 1 && value <= 8;
        return known ? values()[value - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
