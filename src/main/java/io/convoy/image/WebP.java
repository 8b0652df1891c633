package io.convoy.image;

import java.io.IOException;

/**
 * WebP (RFC 9649): a RIFF file whose first chunk is the image or, in the extended form, its header.
 * An EXIF orientation is not applied, as its chunk follows the pixels; browsers ignore it too.
 */
final class WebP implements ImageFormat {
  private static final int LOSSY = 0x56503820;
  private static final int LOSSLESS = 0x5650384C;
  private static final int EXTENDED = 0x56503858;
  private static final int ANIMATION_FLAG = 0x02;
  private static final int SIDE_MASK = 0x3FFF;

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
    file.skip(12);
    int chunk = file.i32();
    file.skip(4);
    switch (chunk) {
      case LOSSY -> {
        file.skip(6);
        int width = file.u16LittleEndian() & SIDE_MASK;
        return stored(file.u16LittleEndian() & SIDE_MASK, width);
      }
      case LOSSLESS -> {
        file.skip(1);
        int sides = file.i32LittleEndian();
        return stored((sides >> 14 & SIDE_MASK) + 1, (sides & SIDE_MASK) + 1);
      }
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

  @Override
  public void walkToEnd(byte[] bytes) throws IOException {
    ByteReader file = new ByteReader(bytes);
    file.skip(4);
    file.skip(file.u32LittleEndian());
  }

  @Override
  public String missingEnd() {
    return "truncated WebP: shorter than its header says";
  }

  private StoredImage stored(int height, int width) throws UnusableImageException {
    return StoredImage.of(name(), height, width, Orientation.UPRIGHT);
  }
}
