package io.convoy.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Which coefficients the scans of a JPEG hold, and whether their bytes are all there.
 *
 * <p>A file that lacks its end marker alone has all its pixels; one that ends earlier is filled
 * with grey. OpenCV does not tell them apart, but the JDK's decoder gives warnings. It is asked
 * only about files without an end.
 */
final class JpegScans {
  private static final int COMPONENTS = 256;
  private static final int COEFFICIENTS = 64;

  /** By component and coefficient: the scans have brought its last bit. */
  private final boolean[][] complete = new boolean[COMPONENTS][];

  /**
   * Reads the header of a scan (T.81, B.2.3).
   *
   * @param header what follows its length
   */
  void add(byte[] header) {
    int components = header.length == 0 ? 0 : header[0];
    int selection = 1 + 2 * components;
    if (components < 1 || header.length < selection + 3) {
      return;
    }
    int first = header[selection] & 0xFF;
    int last = Math.min(header[selection + 1] & 0xFF, COEFFICIENTS - 1);
    boolean lastBit = (header[selection + 2] & 0x0F) == 0;
    for (int i = 0; i < components; i++) {
      int component = header[1 + 2 * i] & 0xFF;
      if (complete[component] == null) {
        complete[component] = new boolean[COEFFICIENTS];
      }
      for (int k = first; k <= last; k++) {
        complete[component][k] = lastBit;
      }
    }
  }

  /**
   * Whether there has been a scan of each coefficient, to its last bit.
   *
   * @param components how many the image has
   */
  boolean areAllThere(int components) {
    int seen = 0;
    for (boolean[] component : complete) {
      if (component != null) {
        seen++;
        for (boolean coefficient : component) {
          if (!coefficient) {
            return false;
          }
        }
      }
    }
    return seen == components;
  }

  /**
   * Whether a file decodes without a warning.
   *
   * @param file a whole JPEG, with its end marker
   */
  static boolean decodesWithoutWarning(byte[] file) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    AtomicBoolean warned = new AtomicBoolean();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.addIIOReadWarningListener((source, warning) -> warned.set(true));
      reader.setInput(in, true, true);
      reader.readRaster(0, null);
      return !warned.get();
    } catch (IOException | RuntimeException e) {
      return false;
    } finally {
      reader.dispose();
    }
  }
}
