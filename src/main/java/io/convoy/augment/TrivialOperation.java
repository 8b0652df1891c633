package io.convoy.augment;

import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The one operation that TrivialAugment (Müller and Hutter 2021, its wide space) does to an image,
 * and how strongly.
 *
 * @param kind of fourteen, each as likely
 * @param strength 0 for nothing to 1 for the most, to either side where there are two
 */
record TrivialOperation(Kind kind, double strength) {
  private static final double MOST_SHEAR = 0.99;
  private static final double MOST_TURN = Math.toRadians(135);
  private static final double MOST_SHIFT = 1 / 3.0;
  private static final double MOST_CHANGE = 0.99;
  private static final int BITS = 8;
  private static final int FEWEST_BITS = 2;
  private static final int WHITE = 255;
  private static final int LEVELS = 256;

  private static final double[] STAYING = {1, 0, 0, 0, 1, 0};

  /** Nothing. */
  static final TrivialOperation NONE = new TrivialOperation(Kind.IDENTITY, 0);

  /** What is done. */
  enum Kind {
    IDENTITY,
    SHEAR_ACROSS,
    SHEAR_DOWN,
    SHIFT_ACROSS,
    SHIFT_DOWN,
    TURN,
    BRIGHTNESS,
    SATURATION,
    CONTRAST,
    SHARPNESS,
    POSTERIZE,
    SOLARIZE,
    AUTO_CONTRAST,
    EQUALIZE
  }

  /**
   * Draws one.
   *
   * @param most the greatest strength, 0 to 1; nothing is drawn for 0
   */
  static TrivialOperation draw(double most, SplittableRandom random) {
    if (most == 0) {
      return NONE;
    }
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    double strength = most * random.nextDouble();
    return new TrivialOperation(kind, random.nextBoolean() ? strength : -strength);
  }

  /** Whether pixels move. */
  boolean moves() {
    return strength != 0 && !Arrays.equals(map(), STAYING);
  }

  /**
   * Puts the move of the pixels before another one, so that they are interpolated once.
   *
   * @param next the map of {@link Geometry#inverse}
   * @return the map from the image's pixels to the photo's
   */
  double[] before(double[] next, ImageSize shape) {
    double[] own = map();
    double x = (shape.width() - 1) / 2.0;
    double y = (shape.height() - 1) / 2.0;
    double right = own[2] * shape.width() + x - own[0] * x - own[1] * y;
    double down = own[5] * shape.height() + y - own[3] * x - own[4] * y;
    return new double[] {
      next[0] * own[0] + next[1] * own[3],
      next[0] * own[1] + next[1] * own[4],
      next[0] * right + next[1] * down + next[2],
      next[3] * own[0] + next[4] * own[3],
      next[3] * own[1] + next[4] * own[4],
      next[3] * right + next[4] * down + next[5]
    };
  }

  /** Around the centre, with shifts as shares of the sides. */
  private double[] map() {
    double sine = Math.sin(MOST_TURN * strength);
    double cosine = Math.cos(MOST_TURN * strength);
    return switch (kind) {
      case SHEAR_ACROSS -> new double[] {1, MOST_SHEAR * strength, 0, 0, 1, 0};
      case SHEAR_DOWN -> new double[] {1, 0, 0, MOST_SHEAR * strength, 1, 0};
      case SHIFT_ACROSS -> new double[] {1, 0, MOST_SHIFT * strength, 0, 1, 0};
      case SHIFT_DOWN -> new double[] {1, 0, 0, 0, 1, MOST_SHIFT * strength};
      case TURN -> new double[] {cosine, -sine, 0, sine, cosine, 0};
      case IDENTITY,
          BRIGHTNESS,
          SATURATION,
          CONTRAST,
          SHARPNESS,
          POSTERIZE,
          SOLARIZE,
          AUTO_CONTRAST,
          EQUALIZE ->
          STAYING;
    };
  }

  /**
   * Changes the colours of an image, in place.
   *
   * @param pixels has uint8 [height, width, 3], RGB, from an offset on
   * @param offset where the image begins
   */
  void apply(byte[] pixels, int offset, ImageSize shape) {
    int count = shape.height() * shape.width();
    double factor = 1 + MOST_CHANGE * strength;
    switch (kind) {
      case IDENTITY, SHEAR_ACROSS, SHEAR_DOWN, SHIFT_ACROSS, SHIFT_DOWN, TURN -> {}
      case BRIGHTNESS -> shade(pixels, offset, count, table(level -> factor * level));
      case SATURATION -> new Colour(0, 1, factor, 0).apply(pixels, offset, count);
      case CONTRAST -> new Colour(0, factor, 1, 0).apply(pixels, offset, count);
      case SHARPNESS -> sharpen(pixels, offset, shape, factor);
      case POSTERIZE -> {
        int bits = BITS - (int) Math.round(Math.abs(strength) * (BITS - FEWEST_BITS));
        int kept = WHITE << BITS - bits & WHITE;
        shade(pixels, offset, count, table(level -> level & kept));
      }
      case SOLARIZE -> {
        double threshold = WHITE * (1 - Math.abs(strength));
        shade(pixels, offset, count, table(level -> level < threshold ? level : WHITE - level));
      }
      case AUTO_CONTRAST -> {
        for (int channel = 0; channel < Rgb.CHANNELS; channel++) {
          stretch(pixels, offset + channel, count);
        }
      }
      case EQUALIZE -> {
        for (int channel = 0; channel < Rgb.CHANNELS; channel++) {
          equalize(pixels, offset + channel, count);
        }
      }
    }
  }

  /** A new level for each of a pixel's. */
  @FunctionalInterface
  private interface Levels {
    double of(int level);
  }

  private static byte[] table(Levels levels) {
    byte[] table = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      table[level] = level(levels.of(level));
    }
    return table;
  }

  private static byte level(double value) {
    return (byte) Math.max(0, Math.min(WHITE, Math.round(value)));
  }

  private static void shade(byte[] pixels, int offset, int count, byte[] table) {
    for (int i = offset; i < offset + count * Rgb.CHANNELS; i++) {
      pixels[i] = table[pixels[i] & WHITE];
    }
  }

  private static void shadeChannel(byte[] pixels, int first, int count, byte[] table) {
    for (int i = 0; i < count; i++) {
      int at = first + i * Rgb.CHANNELS;
      pixels[at] = table[pixels[at] & WHITE];
    }
  }

  private static int[] histogram(byte[] pixels, int first, int count) {
    int[] histogram = new int[LEVELS];
    for (int i = 0; i < count; i++) {
      histogram[pixels[first + i * Rgb.CHANNELS] & WHITE]++;
    }
    return histogram;
  }

  /** The darkest level of a channel becomes black, the brightest white. */
  private static void stretch(byte[] pixels, int first, int count) {
    int[] histogram = histogram(pixels, first, count);
    int darkest = 0;
    while (histogram[darkest] == 0) {
      darkest++;
    }
    int brightest = WHITE;
    while (histogram[brightest] == 0) {
      brightest--;
    }
    if (brightest > darkest) {
      double factor = (double) WHITE / (brightest - darkest);
      int black = darkest;
      shadeChannel(pixels, first, count, table(level -> factor * (level - black)));
    }
  }

  /** A channel's levels become as frequent as one another, as far as levels can be told apart. */
  private static void equalize(byte[] pixels, int first, int count) {
    int[] histogram = histogram(pixels, first, count);
    int brightest = WHITE;
    while (histogram[brightest] == 0) {
      brightest--;
    }
    double step = (double) (count - histogram[brightest]) / WHITE;
    if (step == 0) {
      return;
    }
    byte[] table = new byte[LEVELS];
    long below = 0;
    for (int level = 0; level < LEVELS; level++) {
      table[level] = level(below / step);
      below += histogram[level];
    }
    shadeChannel(pixels, first, count, table);
  }

  /**
   * Away from, or towards, the mean of the pixel and its neighbours, in which it counts 5 of 13.
   */
  private static void sharpen(byte[] pixels, int offset, ImageSize shape, double factor) {
    int width = shape.width();
    int row = width * Rgb.CHANNELS;
    byte[] before = new byte[shape.height() * row];
    System.arraycopy(pixels, offset, before, 0, before.length);
    for (int y = 1; y < shape.height() - 1; y++) {
      for (int at = y * row + Rgb.CHANNELS; at < (y + 1) * row - Rgb.CHANNELS; at++) {
        int own = before[at] & WHITE;
        int sum = 4 * own;
        for (int line = at - row; line <= at + row; line += row) {
          sum +=
              (before[line - Rgb.CHANNELS] & WHITE)
                  + (before[line] & WHITE)
                  + (before[line + Rgb.CHANNELS] & WHITE);
        }
        double smooth = sum / 13.0;
        pixels[offset + at] = level(smooth + factor * (own - smooth));
      }
    }
  }
}
