package io.convoy.sample;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.random.RandomGenerator;

/** The grain of a camera's sensor: Gaussian, of its own in each pixel and channel. */
final class PixelNoise {
  private static final int BITS = Long.SIZE;

  private final int[] shifts = new int[BITS + 1];

  /**
   * @param sigma standard deviation in grey levels of 0..255
   */
  PixelNoise(double sigma) {
    for (int i = 0; i <= BITS; i++) {
      shifts[i] = (int) Math.round(sigma * (i - BITS / 2.0) / (Math.sqrt(BITS) / 2));
    }
  }

  /** Adds the noise in place, to an image of {@link BufferedImage#TYPE_INT_RGB}. */
  void addTo(BufferedImage image, RandomGenerator random) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      int rgb = pixels[i];
      int red = noisy(rgb >> 16 & 0xff, random);
      int green = noisy(rgb >> 8 & 0xff, random);
      int blue = noisy(rgb & 0xff, random);
      pixels[i] = red << 16 | green << 8 | blue;
    }
  }

  /** The number of ones among 64 random bits is normal for the eye, and quick to have. */
  private int noisy(int level, RandomGenerator random) {
    int noisy = level + shifts[Long.bitCount(random.nextLong())];
    return Math.max(0, Math.min(255, noisy));
  }
}
