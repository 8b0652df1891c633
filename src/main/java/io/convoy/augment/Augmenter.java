package io.convoy.augment;

import io.convoy.image.AffineWarp;
import io.convoy.image.ImageSize;
import io.convoy.settings.Augmentation;
import java.util.SplittableRandom;

/**
 * Changes images of one shape for one epoch. Takes native memory with the first image whose pixels
 * move. For one thread at a time.
 */
public final class Augmenter implements AutoCloseable {
  private final EpochAugmentation epoch;
  private final ImageSize shape;
  private AffineWarp warp;

  Augmenter(EpochAugmentation epoch, ImageSize shape) {
    this.epoch = epoch;
    this.shape = shape;
  }

  /**
   * Changes an image, in place.
   *
   * @param position of its example in the training split
   * @param pixels has uint8 [height, width, 3], RGB, from an offset on
   * @param offset where the image begins
   */
  public void augment(int position, byte[] pixels, int offset) {
    Augmentation settings = epoch.settings();
    if (settings.equals(Augmentation.NONE)) {
      return;
    }
    SplittableRandom random = epoch.random(position);
    Geometry geometry = Geometry.draw(settings, random);
    Colour colour = Colour.draw(settings, random);
    Cutout cutout = Cutout.draw(settings, random);
    // Last, so that settings without it draw as they always have.
    geometry = geometry.shifted(settings, shape, random);
    TrivialOperation trivial = TrivialOperation.draw(settings.trivialAugment(), random);
    if (!geometry.isIdentity() || trivial.moves()) {
      warp().apply(pixels, offset, trivial.before(geometry.inverse(shape), shape));
    }
    if (!colour.isIdentity()) {
      colour.apply(pixels, offset, shape.height() * shape.width());
    }
    trivial.apply(pixels, offset, shape);
    cutout.apply(pixels, offset, shape);
  }

  private AffineWarp warp() {
    if (warp == null) {
      warp = new AffineWarp(shape);
    }
    return warp;
  }

  @Override
  public void close() {
    if (warp != null) {
      warp.close();
      warp = null;
    }
  }
}
