package io.convoy.augment;

import io.convoy.image.ImageSize;
import io.convoy.settings.Augmentation;
import java.util.SplittableRandom;

/**
 * Where the pixels of an image come from: a cut of the photo, which may be turned and mirrored and
 * is enlarged to the whole image, all in one map, so that pixels are interpolated once.
 *
 * @param mirrored left to right
 * @param width of the cut, as a share of the photo's, above 0 and up to 1
 * @param height of the cut, as a share of the photo's, above 0 and up to 1
 * @param right of the photo's centre is the cut's, as a share of the photo's width
 * @param down below the photo's centre is the cut's, as a share of the photo's height
 * @param angle of the turn in radians
 */
record Geometry(
    boolean mirrored, double width, double height, double right, double down, double angle) {

  /** Draws one; how many numbers it takes does not depend on the settings. */
  static Geometry draw(Augmentation settings, SplittableRandom random) {
    boolean mirrored = random.nextBoolean() && settings.flip();
    Augmentation.Range areas = settings.cropScale();
    double area = areas.least() + random.nextDouble() * (areas.most() - areas.least());
    Augmentation.Range aspects = settings.aspect();
    double stretch =
        aspects.least() * Math.pow(aspects.most() / aspects.least(), random.nextDouble());
    // A cut of this area is as wide or as high as the photo at these aspects.
    double aspect = Math.max(area, Math.min(1 / area, stretch));
    double width = Math.min(1, Math.sqrt(area * aspect));
    double height = Math.min(1, Math.sqrt(area / aspect));
    return new Geometry(
        mirrored,
        width,
        height,
        (random.nextDouble() - 0.5) * (1 - width),
        (random.nextDouble() - 0.5) * (1 - height),
        Math.toRadians((2 * random.nextDouble() - 1) * settings.rotation()));
  }

  /** The same, moved by whole pixels; draws nothing where the settings move nothing. */
  Geometry shifted(Augmentation settings, ImageSize shape, SplittableRandom random) {
    if (settings.shift() == 0) {
      return this;
    }
    return new Geometry(
        mirrored,
        width,
        height,
        right + (double) pixels(settings.shift(), shape.width(), random) / shape.width(),
        down + (double) pixels(settings.shift(), shape.height(), random) / shape.height(),
        angle);
  }

  private static int pixels(double share, int side, SplittableRandom random) {
    int most = (int) Math.round(share * side);
    return random.nextInt(-most, most + 1);
  }

  /** Whether every pixel stays where it is. */
  boolean isIdentity() {
    return !mirrored && width == 1 && height == 1 && right == 0 && down == 0 && angle == 0;
  }

  /** The map from the image's pixels to the photo's, for {@link io.convoy.image.AffineWarp}. */
  double[] inverse(ImageSize shape) {
    double sine = Math.sin(angle);
    double cosine = Math.cos(angle);
    double across = mirrored ? -width : width;
    double[] map = {
      cosine * across, -sine * height, 0,
      sine * across, cosine * height, 0
    };
    // The image's centre comes from the cut's; pixel centres have whole coordinates.
    double x = (shape.width() - 1) / 2.0;
    double y = (shape.height() - 1) / 2.0;
    map[2] = x + right * shape.width() - map[0] * x - map[1] * y;
    map[5] = y + down * shape.height() - map[3] * x - map[4] * y;
    return map;
  }
}
