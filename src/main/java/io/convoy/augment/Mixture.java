package io.convoy.augment;

import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.settings.Mixing;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.JDKRandomGenerator;

/** What one training example is mixed with, and how. */
public sealed interface Mixture {

  /** The position in the training split of the other example. */
  int other();

  /**
   * Mixes the other example's pixels into an example's, in place.
   *
   * @param pixels has uint8 [height, width, 3], RGB, from an offset on
   * @param others the same, of the other example
   * @param offset where both images begin
   * @return the share of the example in the mixture, 0 to 1; the rest is the other's
   */
  double apply(byte[] pixels, byte[] others, int offset, ImageSize shape);

  /** Each pixel is a weighted mean of both. */
  record Mixup(int other, double share) implements Mixture {
    @Override
    public double apply(byte[] pixels, byte[] others, int offset, ImageSize shape) {
      int end = offset + shape.height() * shape.width() * Rgb.CHANNELS;
      float own = (float) share;
      float theirs = (float) (1 - share);
      for (int i = offset; i < end; i++) {
        pixels[i] = (byte) (own * (pixels[i] & 0xFF) + theirs * (others[i] & 0xFF) + 0.5f);
      }
      return share;
    }
  }

  /**
   * A rectangle with the image's aspect, wholly within the image, is the other's.
   *
   * @param share that the rectangle leaves
   * @param right where it lies, 0 (left) to 1 (right)
   * @param down where it lies, 0 (top) to 1 (bottom)
   */
  record Cutmix(int other, double share, double right, double down) implements Mixture {
    @Override
    public double apply(byte[] pixels, byte[] others, int offset, ImageSize shape) {
      double side = Math.sqrt(1 - share);
      int height = (int) Math.round(side * shape.height());
      int width = (int) Math.round(side * shape.width());
      int top = (int) Math.round(down * (shape.height() - height));
      int left = (int) Math.round(right * (shape.width() - width));
      for (int y = top; y < top + height; y++) {
        int start = offset + (y * shape.width() + left) * Rgb.CHANNELS;
        System.arraycopy(others, start, pixels, start, width * Rgb.CHANNELS);
      }
      return 1 - (double) height * width / (shape.height() * shape.width());
    }
  }

  /**
   * Draws one; the example's own changes take nothing of these random numbers.
   *
   * @return empty where the example stays by itself
   */
  static Optional<Mixture> draw(Mixing settings, int examples, SplittableRandom random) {
    int other = random.nextInt(examples);
    boolean mixes = random.nextDouble() < settings.probability();
    boolean cuts = random.nextBoolean();
    int seed = random.nextInt();
    if (!mixes) {
      return Optional.empty();
    }
    if (settings.mixup() == 0 || cuts && settings.cutmix() > 0) {
      double share = share(settings.cutmix(), seed);
      return Optional.of(new Cutmix(other, share, random.nextDouble(), random.nextDouble()));
    }
    return Optional.of(new Mixup(other, share(settings.mixup(), seed)));
  }

  private static double share(double parameter, int seed) {
    JDKRandomGenerator random = new JDKRandomGenerator();
    random.setSeed(seed);
    return new BetaDistribution(random, parameter, parameter).sample();
  }
}
