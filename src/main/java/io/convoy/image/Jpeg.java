package io.convoy.image;

import java.io.IOException;
import java.util.Arrays;

/**
 * JPEG (ITU-T T.81, annex B): a chain of segments, each a marker and a length; after the header of
 * a scan come its entropy-coded bytes, which have no length and end at the next marker.
 */
final class Jpeg implements ImageFormat {
  private static final int APP1 = 0xE1;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;

  /**
   * Five times what encoders write. A scan of ten bytes makes libjpeg pass over all pixels, so that
   * a file of megabytes would keep it busy for hours.
   */
  private static final int MAX_SCANS = 100;

  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  @Override
  public String name() {
    return "JPEG";
  }

  @Override
  public boolean matches(byte[] start) {
    return Signature.at(start, 0, 0xFF, 0xD8, 0xFF);
  }

  @Override
  public StoredImage read(ByteReader file) throws IOException, UnusableImageException {
    file.skip(2);
    StoredImage frame = null;
    Orientation orientation = null;
    int marker = nextMarker(file);
    while (marker != START_OF_SCAN && marker != END_OF_IMAGE) {
      if (hasLength(marker)) {
        int length = segmentLength(file);
        if (startsFrame(marker) && frame == null && length >= 5) {
          file.skip(1);
          frame = StoredImage.of(name(), file.u16(), file.u16(), Orientation.UPRIGHT);
          file.skip(length - 5);
        } else if (marker == APP1 && orientation == null) {
          orientation = exifOrientation(file.bytes(length));
        } else {
          file.skip(length);
        }
      }
      marker = nextMarker(file);
    }
    if (frame == null) {
      throw new UnusableImageException("corrupt JPEG: no frame header");
    }
    return orientation == null ? frame : new StoredImage(frame.shape(), orientation);
  }

  @Override
  public byte[] strip(byte[] bytes) throws IOException, UnusableImageException {
    ByteReader file = new ByteReader(bytes);
    file.skip(2);
    int scans = 0;
    int marker = nextMarker(file);
    while (marker != END_OF_IMAGE) {
      if (marker == START_OF_SCAN) {
        scans++;
      }
      if (scans > MAX_SCANS) {
        throw new UnusableImageException(
            "JPEG of more than %d scans, which is not supported", MAX_SCANS);
      }
      if (hasLength(marker)) {
        file.skip(segmentLength(file));
      }
      marker = nextMarker(file);
    }
    return bytes;
  }

  @Override
  public String missingEnd() {
    return "truncated JPEG: no end-of-image marker";
  }

  /**
   * Passes over entropy-coded bytes, stuffed zeros (FF 00) and fill bytes (FF FF); bytes that do
   * not belong between two segments are passed over too, as in libjpeg.
   */
  private static int nextMarker(ByteReader file) throws IOException {
    int before = file.u8();
    int code = file.u8();
    while (before != 0xFF || code == 0 || code == 0xFF) {
      before = code;
      code = file.u8();
    }
    return code;
  }

  /**
   * All segments have one but TEM, RST0 to RST7, SOI and EOI. The reserved markers below SOF0 are
   * taken to have none: libjpeg stops at them, or reads on right behind where a restart was due.
   */
  private static boolean hasLength(int marker) {
    return marker >= 0xC0 && (marker < 0xD0 || marker > END_OF_IMAGE);
  }

  private static int segmentLength(ByteReader file) throws IOException {
    return Math.max(0, file.u16() - 2);
  }

  /** SOF0 to SOF15; DHT, JPG and DAC lie between them. */
  private static boolean startsFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Null for an APP1 segment that is not EXIF (XMP uses the same marker). */
  private static Orientation exifOrientation(byte[] segment) {
    return Arrays.equals(segment, 0, Math.min(EXIF.length, segment.length), EXIF, 0, EXIF.length)
        ? Orientation.ofExif(Arrays.copyOfRange(segment, EXIF.length, segment.length))
        : null;
  }
}
