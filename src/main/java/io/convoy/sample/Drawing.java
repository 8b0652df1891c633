package io.convoy.sample;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One picture to draw. Nothing else decides its pixels, so that the bytes are the same on any
 * number of machines.
 *
 * @param seed the user's seed
 * @param animal the class
 * @param index the number within the class, from 0
 */
record Drawing(long seed, Animal animal, long index) {

  /** The {@code n}th picture of a sample: cats and dogs in turn, a cat first. */
  static Drawing of(long seed, long n) {
    return new Drawing(seed, n % 2 == 0 ? Animal.CAT : Animal.DOG, n / 2);
  }

  /** The path below the output folder. */
  String path() {
    return animal.path(index);
  }

  /** A fresh source of randomness, the same one at every call. */
  RandomGenerator random() {
    return new SplittableRandom(mix(mix(mix(seed) + animal.ordinal()) + index));
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
