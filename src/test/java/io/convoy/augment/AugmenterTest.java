package io.convoy.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.image.Rgb;
import io.convoy.settings.Augmentation;
import io.convoy.settings.Augmentation.Range;
import io.convoy.settings.Mixing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final int HEIGHT = 47;
  private static final int WIDTH = 62;
  private static final int CHANNELS = 3;
  private static final int COUNT = HEIGHT * WIDTH;
  private static final long SEED = 3;

  private static final Augmentation FLIP =
      new Augmentation(true, Range.ONE, Range.ONE, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  private static final Augmentation ALL =
      new Augmentation(
          true, new Range(0.7, 1), new Range(0.8, 1.25), 10, 0.1, 0.2, 0.2, 0.02, 0.25, 0.5, 0, 0);

  private final byte[] photo = photo();

  /** Smooth colours around middle grey, so that nothing is cut at black and white. */
  private static byte[] photo() {
    byte[] pixels = new byte[COUNT * CHANNELS];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int at = (y * WIDTH + x) * CHANNELS;
        pixels[at] = (byte) (128 + 30 * Math.sin(0.2 * x));
        pixels[at + 1] = (byte) (118 + 30 * Math.sin(0.15 * y + 1));
        pixels[at + 2] = (byte) (138 + 30 * Math.sin(0.1 * (x + y) + 2));
      }
    }
    return pixels;
  }

  private byte[] augmented(Augmentation settings, long seed, int epoch, int position) {
    byte[] pixels = photo.clone();
    try (Augmenter augmenter =
        new EpochAugmentation(settings, Mixing.NONE, 1, seed, epoch).open(HEIGHT, WIDTH)) {
      augmenter.augment(position, pixels, 0);
    }
    return pixels;
  }

  @Test
  void thePhotoStaysAsItIsWithoutAugmentation() {
    assertArrayEquals(photo, augmented(Augmentation.NONE, SEED, 1, 0));
  }

  @Test
  void settingsThatAllowNoChangeMakeNone() {
    Augmentation still =
        new Augmentation(false, Range.ONE, new Range(0.5, 2), 0, 0, 0, 0, 0, 0, 0.5, 0, 0);
    for (int position = 0; position < 20; position++) {
      assertArrayEquals(photo, augmented(still, SEED, 1, position));
    }
  }

  @Test
  void whatBecomesOfAPhotoDependsOnSeedEpochAndPositionAlone() {
    byte[] alone = augmented(ALL, SEED, 4, 17);
    byte[] last = null;
    try (Augmenter augmenter =
        new EpochAugmentation(ALL, Mixing.NONE, 1, SEED, 4).open(HEIGHT, WIDTH)) {
      for (int position : new int[] {3, 99, 17}) {
        last = photo.clone();
        augmenter.augment(position, last, 0);
      }
    }
    assertArrayEquals(alone, last);
  }

  @Test
  void seedsEpochsAndPositionsDiffer() {
    Set<Integer> images = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      images.add(Arrays.hashCode(augmented(ALL, SEED, 1 + i, 7)));
      images.add(Arrays.hashCode(augmented(ALL, SEED, 1, 8 + i)));
      images.add(Arrays.hashCode(augmented(ALL, SEED + 1 + i, 1, 7)));
    }
    assertEquals(150, images.size());
  }

  @Test
  void onlyTheImageBehindTheOffsetIsChanged() {
    byte[] record = new byte[1 + photo.length + 1];
    record[0] = 1;
    record[record.length - 1] = 77;
    System.arraycopy(photo, 0, record, 1, photo.length);
    try (Augmenter augmenter =
        new EpochAugmentation(ALL, Mixing.NONE, 1, SEED, 1).open(HEIGHT, WIDTH)) {
      augmenter.augment(5, record, 1);
    }
    assertEquals(1, record[0]);
    assertEquals(77, record[record.length - 1]);
    assertArrayEquals(augmented(ALL, SEED, 1, 5), Arrays.copyOfRange(record, 1, record.length - 1));
  }

  @Test
  void aFlipIsTheExactMirrorOfHalfOfThePhotos() {
    byte[] mirror = new byte[photo.length];
    for (int i = 0; i < photo.length; i++) {
      int x = i / CHANNELS % WIDTH;
      mirror[i + (WIDTH - 1 - 2 * x) * CHANNELS] = photo[i];
    }
    int flipped = 0;
    for (int position = 0; position < 400; position++) {
      byte[] image = augmented(FLIP, SEED, 1, position);
      if (!Arrays.equals(photo, image)) {
        assertArrayEquals(mirror, image);
        flipped++;
      }
    }
    assertTrue(flipped > 160 && flipped < 240, flipped + " of 400");
  }

  @Test
  void aCutHasAnAreaOfTheRangeAndLiesWithinThePhoto() {
    Augmentation crop =
        new Augmentation(
            false, new Range(0.5, 0.8), new Range(0.6, 1.7), 0, 0, 0, 0, 0, 0, 0, 0, 0);
    double least = 1;
    double most = 0;
    for (int position = 0; position < 500; position++) {
      Geometry cut = Geometry.draw(crop, new SplittableRandom(position));
      double area = cut.width() * cut.height();
      least = Math.min(least, area);
      most = Math.max(most, area);
      assertTrue(Math.abs(cut.right()) + cut.width() / 2 <= 0.5 + 1e-9, cut::toString);
      assertTrue(Math.abs(cut.down()) + cut.height() / 2 <= 0.5 + 1e-9, cut::toString);
    }
    assertEquals(0.5, least, 0.01);
    assertEquals(0.8, most, 0.01);
  }

  @Test
  void aCutTakesThePixelsThatItNames() {
    Geometry quarter = new Geometry(false, 0.5, 0.5, -0.25, -0.25, 0);
    double[] inverse = quarter.inverse(new io.convoy.image.ImageSize(4, 8));
    assertArrayEquals(new double[] {0.5, 0, -0.25, 0, 0.5, -0.25}, inverse, 1e-12);
  }

  @Test
  void aShiftMovesThePhotoByWholePixelsAndMirrorsWhatItLeavesFree() {
    Augmentation shift =
        new Augmentation(false, Range.ONE, Range.ONE, 0, 0, 0, 0, 0, 0, 0, 0.25, 0);
    io.convoy.image.ImageSize shape = new io.convoy.image.ImageSize(8, 12);
    Set<Long> right = new TreeSet<>();
    Set<Long> down = new TreeSet<>();
    for (int position = 0; position < 200; position++) {
      SplittableRandom random = new SplittableRandom(position);
      Geometry moved = Geometry.draw(shift, random).shifted(shift, shape, random);
      double[] inverse = moved.inverse(shape);
      assertArrayEquals(new double[] {1, 0}, new double[] {inverse[0], inverse[1]}, 1e-12);
      assertEquals(Math.rint(inverse[2]), inverse[2], 1e-9);
      assertEquals(Math.rint(inverse[5]), inverse[5], 1e-9);
      right.add(Math.round(inverse[2]));
      down.add(Math.round(inverse[5]));
    }
    assertEquals("[-3, -2, -1, 0, 1, 2, 3]", right.toString());
    assertEquals("[-2, -1, 0, 1, 2]", down.toString());
  }

  @Test
  void aTurnKeepsTheCentreAndBringsNoBlackFromOutside() {
    Augmentation turn = new Augmentation(false, Range.ONE, Range.ONE, 45, 0, 0, 0, 0, 0, 0, 0, 0);
    int least = 255;
    for (int position = 0; position < 20; position++) {
      for (byte value : augmented(turn, SEED, 1, position)) {
        least = Math.min(least, value & 0xFF);
      }
    }
    assertTrue(least >= 88, "as dark as " + least);
    double[] inverse =
        new Geometry(false, 1, 1, 0, 0, 1).inverse(new io.convoy.image.ImageSize(3, 5));
    assertEquals(2, inverse[0] * 2 + inverse[1] + inverse[2], 1e-12);
    assertEquals(1, inverse[3] * 2 + inverse[4] + inverse[5], 1e-12);
  }

  @Test
  void cutoutCoversItsShareOfTheAreaAndNothingElse() {
    Augmentation cutout =
        new Augmentation(false, Range.ONE, Range.ONE, 0, 0, 0, 0, 0, 0.5, 1, 0, 0);
    double[] mean = Rgb.mean(photo, 0, COUNT);
    for (int position = 0; position < 20; position++) {
      byte[] image = augmented(cutout, SEED, 1, position);
      int covered = 0;
      for (int i = 0; i < COUNT; i++) {
        int at = i * CHANNELS;
        boolean same = Arrays.equals(photo, at, at + CHANNELS, image, at, at + CHANNELS);
        if (!same) {
          assertEquals(Math.round(mean[0]), image[at] & 0xFF);
          assertEquals(Math.round(mean[1]), image[at + 1] & 0xFF);
          assertEquals(Math.round(mean[2]), image[at + 2] & 0xFF);
          covered++;
        }
      }
      assertEquals(0.25, (double) covered / COUNT, 0.01);
    }
  }

  @Test
  void cutoutComesWithItsProbability() {
    Augmentation cutout =
        new Augmentation(false, Range.ONE, Range.ONE, 0, 0, 0, 0, 0, 0.2, 0.25, 0, 0);
    int covered = 0;
    for (int position = 0; position < 1000; position++) {
      covered += Arrays.equals(photo, augmented(cutout, SEED, 1, position)) ? 0 : 1;
    }
    assertEquals(250, covered, 50);
  }

  @Test
  void brightnessAddsTheSameToEveryPixel() {
    Augmentation brightness =
        new Augmentation(false, Range.ONE, Range.ONE, 0, 0.2, 0, 0, 0, 0, 0, 0, 0);
    Set<Integer> shifts = new HashSet<>();
    for (int position = 0; position < 50; position++) {
      byte[] image = augmented(brightness, SEED, 1, position);
      int shift = (image[0] & 0xFF) - (photo[0] & 0xFF);
      for (int i = 0; i < image.length; i++) {
        assertEquals(shift, (image[i] & 0xFF) - (photo[i] & 0xFF));
      }
      assertTrue(Math.abs(shift) <= 51, () -> "shift " + shift);
      shifts.add(shift);
    }
    assertTrue(shifts.size() > 20, shifts::toString);
  }

  @Test
  void contrastKeepsTheMeanGrey() {
    byte[] image = photo.clone();
    new Colour(0, 0.5, 1, 0).apply(image, 0, COUNT);
    assertEquals(grey(Rgb.mean(photo, 0, COUNT)), grey(Rgb.mean(image, 0, COUNT)), 0.3);
    assertEquals(spread(photo) / 2, spread(image), 1);
  }

  private static double grey(double[] colour) {
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
  }

  private static int spread(byte[] image) {
    int least = 255;
    int most = 0;
    for (int i = 0; i < image.length; i += CHANNELS) {
      least = Math.min(least, image[i] & 0xFF);
      most = Math.max(most, image[i] & 0xFF);
    }
    return most - least;
  }

  @Test
  void saturationAndHueKeepEveryPixelsGrey() {
    for (Colour colour : List.of(new Colour(0, 1, 0.4, 0), new Colour(0, 1, 1, 1.5))) {
      byte[] image = photo.clone();
      colour.apply(image, 0, COUNT);
      assertFalse(Arrays.equals(photo, image));
      for (int i = 0; i < image.length; i += CHANNELS) {
        assertEquals(grey(colour(photo, i)), grey(colour(image, i)), 0.6);
      }
    }
  }

  private static double[] colour(byte[] image, int at) {
    return new double[] {image[at] & 0xFF, image[at + 1] & 0xFF, image[at + 2] & 0xFF};
  }

  @Test
  void withoutSaturationAllIsGrey() {
    byte[] image = photo.clone();
    new Colour(0, 1, 0, 0).apply(image, 0, COUNT);
    for (int i = 0; i < image.length; i += CHANNELS) {
      assertEquals(image[i], image[i + 1]);
      assertEquals(image[i], image[i + 2]);
    }
  }

  @Test
  void aThirdOfTheCircleTurnsRedTowardsGreen() {
    byte[] red = {(byte) 200, 100, 100};
    new Colour(0, 1, 1, 2 * Math.PI / 3).apply(red, 0, 1);
    double[] colour = colour(red, 0);
    assertTrue(colour[1] > colour[0] + 90 && colour[1] > colour[2] + 90, Arrays.toString(colour));
  }

  @Test
  void overManyDrawsTheMeanColourIsThePhotos() {
    Augmentation colours =
        new Augmentation(false, Range.ONE, Range.ONE, 0, 0.2, 0.2, 0.2, 0, 0.3, 1, 0, 0);
    List<double[]> means = new ArrayList<>();
    for (int position = 0; position < 2000; position++) {
      means.add(Rgb.mean(augmented(colours, SEED, 1, position), 0, COUNT));
    }
    double[] expected = Rgb.mean(photo, 0, COUNT);
    for (int channel = 0; channel < CHANNELS; channel++) {
      int of = channel;
      double mean = means.stream().mapToDouble(each -> each[of]).average().orElseThrow();
      // The shift alone has a standard error of 0.66.
      assertEquals(expected[channel], mean, 2);
    }
  }
}
