package io.convoy.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.image.ImageSize;
import io.convoy.settings.Augmentation;
import io.convoy.settings.Mixing;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class MixtureTest {
  private static final ImageSize SIZE = new ImageSize(20, 10);
  private static final int BYTES = 20 * 10 * 3;
  private static final int EXAMPLES = 1000;
  private static final long SEED = 9;

  private static EpochAugmentation epoch(Mixing mixing, int epoch) {
    return new EpochAugmentation(Augmentation.NONE, mixing, 1, SEED, epoch);
  }

  private static Mixture[] drawn(Mixing mixing) {
    return IntStream.range(0, EXAMPLES)
        .mapToObj(position -> epoch(mixing, 1).mixture(position, EXAMPLES))
        .flatMap(Optional::stream)
        .toArray(Mixture[]::new);
  }

  private static double[] shares(Mixture[] drawn) {
    return Arrays.stream(drawn)
        .mapToDouble(
            mixture ->
                mixture instanceof Mixture.Mixup mixup
                    ? mixup.share()
                    : ((Mixture.Cutmix) mixture).share())
        .toArray();
  }

  private static byte[] grey(int grey) {
    byte[] pixels = new byte[1 + BYTES];
    Arrays.fill(pixels, (byte) grey);
    return pixels;
  }

  @Test
  void mixupIsTheWeightedMeanOfBothImages() {
    byte[] pixels = grey(200);
    double share = new Mixture.Mixup(0, 0.75).apply(pixels, grey(100), 1, SIZE);
    byte[] expected = grey(175);
    expected[0] = (byte) 200;
    assertArrayEquals(expected, pixels);
    assertEquals(0.75, share);
  }

  @Test
  void cutmixReturnsTheShareOfThePixelsThatItLeft() {
    for (double share : new double[] {0, 0.01, 0.3, 0.5, 0.77, 0.999, 1}) {
      for (double place : new double[] {0, 0.4, Math.nextDown(1.0)}) {
        byte[] pixels = grey(200);
        double left = new Mixture.Cutmix(0, share, place, place).apply(pixels, grey(100), 1, SIZE);
        long own = IntStream.range(1, pixels.length).filter(i -> pixels[i] == (byte) 200).count();
        assertEquals((double) own / BYTES, left, 1e-12);
        assertEquals(share, left, 0.08);
      }
    }
  }

  @Test
  void cutmixTakesOneRectangleOfTheOtherImage() {
    byte[] pixels = grey(200);
    new Mixture.Cutmix(0, 0.75, 0, 0.5).apply(pixels, grey(100), 1, SIZE);
    for (int y = 0; y < SIZE.height(); y++) {
      for (int x = 0; x < SIZE.width(); x++) {
        boolean inside = y >= 5 && y < 15 && x < 5;
        assertEquals((byte) (inside ? 100 : 200), pixels[1 + (y * SIZE.width() + x) * 3]);
      }
    }
  }

  @Test
  void sharesAreOfTheBetaDistribution() {
    for (double parameter : new double[] {0.2, 1, 3}) {
      double[] ofMixup = shares(drawn(new Mixing(parameter, 0, 1)));
      double[] ofCutmix = shares(drawn(new Mixing(0, parameter, 1)));
      BetaDistribution beta = new BetaDistribution(parameter, parameter);
      assertTrue(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(beta, ofMixup) > 0.01);
      assertTrue(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(beta, ofCutmix) > 0.01);
    }
  }

  @Test
  void theProbabilityIsTheShareOfExamplesThatAreMixed() {
    assertEquals(0.3, (double) drawn(new Mixing(0.2, 1, 0.3)).length / EXAMPLES, 0.05);
  }

  @Test
  void ofBothKindsEachIsDrawnAsOften() {
    long mixup =
        Arrays.stream(drawn(new Mixing(0.2, 1, 1))).filter(Mixture.Mixup.class::isInstance).count();
    assertEquals(0.5, (double) mixup / EXAMPLES, 0.05);
  }

  @Test
  void ofOneKindNoOtherIsDrawn() {
    Arrays.stream(drawn(new Mixing(0.2, 0, 1)))
        .forEach(mixture -> assertInstanceOf(Mixture.Mixup.class, mixture));
    Arrays.stream(drawn(new Mixing(0, 1, 1)))
        .forEach(mixture -> assertInstanceOf(Mixture.Cutmix.class, mixture));
  }

  @Test
  void aMixtureIsTheSameWhereverItIsDrawnAndAnotherInEachEpoch() {
    Mixing mixing = new Mixing(0.2, 1, 1);
    assertEquals(epoch(mixing, 3).mixture(7, EXAMPLES), epoch(mixing, 3).mixture(7, EXAMPLES));
    assertNotEquals(epoch(mixing, 3).mixture(7, EXAMPLES), epoch(mixing, 4).mixture(7, EXAMPLES));
    assertNotEquals(epoch(mixing, 3).mixture(7, EXAMPLES), epoch(mixing, 3).mixture(8, EXAMPLES));
  }

  @Test
  void othersComeFromAllOverTheSplit() {
    int[] others =
        Arrays.stream(drawn(new Mixing(0.2, 1, 1))).mapToInt(Mixture::other).sorted().toArray();
    assertTrue(others[0] >= 0 && others[EXAMPLES - 1] < EXAMPLES);
    assertEquals(EXAMPLES / 2, others[EXAMPLES / 2], EXAMPLES / 10);
  }
}
