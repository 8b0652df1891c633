package io.convoy.sample;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One picture to draw. Nothing else decides its pixels, so that the bytes are the same on any
 * number of machines.
 */
interface Drawing {

  /** The path below the output folder: the class's folder, and a name in it. */
  String path();

  /** RGB; the same pixels at every call. */
  BufferedImage paint();

  /**
   * A fresh source of randomness, the same one at every call.
   *
   * @param seed the user's seed
   * @param label the class, from 0
   * @param index the number within the class, from 0
   */
  static RandomGenerator random(long seed, long label, long index) {
    return new SplittableRandom(mix(mix(mix(seed) + label) + index));
  }

  /**
   * Stafford's Mix13, the finaliser of SplitMix64: SplittableRandoms of neighbouring seeds would
   * otherwise begin alike.
   */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
