package io.convoy.image;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * JPEG (ITU-T T.81, annex B): a chain of segments, each a marker and a length; after the header of
 * a scan come its entropy-coded bytes, which have no length and end at the next marker.
 */
final class Jpeg implements ImageFormat {
  private static final int APP1 = 0xE1;
  private static final int LOSSLESS_FRAME = 0xC3;
  private static final int BITS = 8;
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
          requireDecodable(marker, file.u8());
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

  /** Puts an end marker where nothing else is missing. */
  @Override
  public byte[] strip(byte[] bytes) throws IOException, UnusableImageException {
    JpegScans scans = new JpegScans();
    try {
      walk(bytes, scans);
      return bytes;
    } catch (EOFException e) {
      byte[] mended = withEnd(bytes);
      if (!scans.areAllThere(components(bytes)) || !JpegScans.decodesWithoutWarning(mended)) {
        throw e;
      }
      return mended;
    }
  }

  /** Whether there is an end marker. */
  static boolean hasEnd(byte[] bytes) {
    if (Signature.at(bytes, bytes.length - 2, 0xFF, END_OF_IMAGE)) {
      return true;
    }
    try {
      walk(bytes, new JpegScans());
      return true;
    } catch (IOException | UnusableImageException e) {
      return false;
    }
  }

  private static void walk(byte[] bytes, JpegScans seen)
      throws IOException, UnusableImageException {
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
      if (marker == START_OF_SCAN) {
        seen.add(file.bytes(segmentLength(file)));
      } else if (hasLength(marker)) {
        file.skip(segmentLength(file));
      }
      marker = nextMarker(file);
    }
  }

  /** The file may end with the first byte of the marker. */
  private static byte[] withEnd(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == (byte) 0xFF) {
      end--;
    }
    byte[] mended = Arrays.copyOf(bytes, end + 2);
    mended[end] = (byte) 0xFF;
    mended[end + 1] = (byte) END_OF_IMAGE;
    return mended;
  }

  /** The number of components in the frame header. */
  private static int components(byte[] bytes) throws IOException {
    ByteReader file = new ByteReader(bytes);
    file.skip(2);
    int marker = nextMarker(file);
    while (!startsFrame(marker)) {
      if (hasLength(marker)) {
        file.skip(segmentLength(file));
      }
      marker = nextMarker(file);
    }
    file.skip(7);
    return file.u8();
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
    int code = 0;
    while (code == 0) {
      file.skipPast((byte) 0xFF);
      do {
        code = file.u8();
      } while (code == 0xFF);
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

  /**
   * Refuses the kinds of frame that libjpeg does not decode: it decodes sequential and progressive
   * ones of 8 bits.
   */
  private static void requireDecodable(int frame, int bits) throws UnusableImageException {
    if (frame == LOSSLESS_FRAME) {
      throw new UnusableImageException("lossless JPEG, which is not supported");
    }
    if (bits != BITS) {
      throw new UnusableImageException("JPEG of %d bits a colour, which is not supported", bits);
    }
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
