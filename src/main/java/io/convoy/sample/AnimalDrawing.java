package io.convoy.sample;

import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/**
 * A picture of a cat or a dog.
 *
 * @param seed the user's seed
 * @param animal the class
 * @param index the number within the class, from 0
 */
record AnimalDrawing(long seed, Animal animal, long index) implements Drawing {

  /** The {@code n}th picture of a sample: cats and dogs in turn, a cat first. */
  static AnimalDrawing of(long seed, long n) {
    return new AnimalDrawing(seed, n % 2 == 0 ? Animal.CAT : Animal.DOG, n / 2);
  }

  @Override
  public String path() {
    return animal.path(index);
  }

  @Override
  public BufferedImage paint() {
    return AnimalPainter.paint(this);
  }

  /** A fresh source of randomness, the same one at every call. */
  RandomGenerator random() {
    return Drawing.random(seed, animal.ordinal(), index);
  }
}
