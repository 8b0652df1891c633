package io.convoy.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.augment.TrivialOperation.Kind;
import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrivialOperationTest {
  /** Of one row, so that nothing is smoothed. */
  private static final ImageSize ROW = new ImageSize(1, 4);

  private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0};

  /** Grey pixels of these levels, behind a byte that belongs to another image. */
  private static byte[] greys(int... levels) {
    byte[] pixels = new byte[1 + levels.length * Rgb.CHANNELS];
    pixels[0] = 77;
    for (int i = 0; i < levels.length * Rgb.CHANNELS; i++) {
      pixels[1 + i] = (byte) levels[i / Rgb.CHANNELS];
    }
    return pixels;
  }

  private static byte[] applied(Kind kind, double strength, ImageSize shape, int... levels) {
    byte[] pixels = greys(levels);
    new TrivialOperation(kind, strength).apply(pixels, 1, shape);
    return pixels;
  }

  @ParameterizedTest
  @CsvSource({
    "BRIGHTNESS, 0.5, 0, 150, 255, 255",
    "BRIGHTNESS, -0.5, 0, 51, 101, 129",
    "POSTERIZE, 0.5, 0, 96, 200, 248",
    "POSTERIZE, -1, 0, 64, 192, 192",
    "SOLARIZE, 0.5, 0, 100, 55, 0",
    "SOLARIZE, 1, 255, 155, 55, 0",
    "SATURATION, 1, 0, 100, 200, 255",
    "IDENTITY, 1, 0, 100, 200, 255",
    "SHARPNESS, 1, 0, 100, 200, 255",
    "TURN, 1, 0, 100, 200, 255",
  })
  void levelsBecomeOthers(Kind kind, double strength, int a, int b, int c, int d) {
    assertArrayEquals(greys(a, b, c, d), applied(kind, strength, ROW, 0, 100, 200, 255));
  }

  @Test
  void contrastGoesAwayFromTheMeanGrey() {
    byte[] flat = applied(Kind.CONTRAST, -1, ROW, 0, 100, 200, 100);
    assertArrayEquals(greys(99, 100, 101, 100), flat);
  }

  @Test
  void levelsAreStretchedFromBlackToWhite() {
    assertArrayEquals(
        greys(0, 51, 204, 255), applied(Kind.AUTO_CONTRAST, 0.3, ROW, 100, 110, 140, 150));
    assertArrayEquals(greys(9, 9, 9, 9), applied(Kind.AUTO_CONTRAST, 0.3, ROW, 9, 9, 9, 9));
  }

  @Test
  void levelsAreSpreadEvenly() {
    assertArrayEquals(greys(0, 85, 170, 255), applied(Kind.EQUALIZE, 1, ROW, 100, 101, 102, 250));
    assertArrayEquals(greys(9, 9, 9, 9), applied(Kind.EQUALIZE, 1, ROW, 9, 9, 9, 9));
  }

  @Test
  void aSpotIsSmoothedOrSharpened() {
    int[] spot = {90, 90, 90, 90, 116, 90, 90, 90, 90};
    ImageSize square = new ImageSize(3, 3);
    int smooth = (8 * 90 + 5 * 116) / 13;
    assertEquals(100, smooth);
    assertEquals(116 + 8, applied(Kind.SHARPNESS, 0.5, square, spot)[1 + 4 * 3] & 0xFF);
    assertEquals(116 - 8, applied(Kind.SHARPNESS, -0.5, square, spot)[1 + 4 * 3] & 0xFF);
    assertEquals(90, applied(Kind.SHARPNESS, 0.5, square, spot)[1] & 0xFF);
  }

  @ParameterizedTest
  @EnumSource
  void theCentreOfAnImageStaysUnlessItIsShifted(Kind kind) {
    ImageSize shape = new ImageSize(30, 60);
    double[] map = new TrivialOperation(kind, 0.5).before(IDENTITY, shape);
    double x = (60 - 1) / 2.0;
    double y = (30 - 1) / 2.0;
    double across = map[0] * x + map[1] * y + map[2] - x;
    double down = map[3] * x + map[4] * y + map[5] - y;
    assertEquals(kind == Kind.SHIFT_ACROSS ? 10 : 0, across, 1e-9);
    assertEquals(kind == Kind.SHIFT_DOWN ? 5 : 0, down, 1e-9);
    assertFalse(new TrivialOperation(kind, 0).moves());
  }

  @Test
  void itComesBeforeAnotherMove() {
    ImageSize shape = new ImageSize(30, 60);
    double[] mirror = {-1, 0, 59, 0, 1, 0};
    double[] map = new TrivialOperation(Kind.SHIFT_ACROSS, 1).before(mirror, shape);
    // Of the image's first pixel, the one that is a third to its right in the mirrored photo.
    assertEquals(59 - 20, map[2], 1e-9);
  }

  @Test
  void allKindsAreDrawnAlikeAndAsStronglyAsAllowed() {
    SplittableRandom random = new SplittableRandom(1);
    Map<Kind, Integer> drawn = new EnumMap<>(Kind.class);
    double strongest = 0;
    double weakest = 0;
    for (int i = 0; i < 14_000; i++) {
      TrivialOperation operation = TrivialOperation.draw(0.5, random);
      drawn.merge(operation.kind(), 1, Integer::sum);
      strongest = Math.max(strongest, operation.strength());
      weakest = Math.min(weakest, operation.strength());
    }
    assertEquals(14, drawn.size());
    drawn.values().forEach(times -> assertTrue(times > 850 && times < 1150, drawn::toString));
    assertEquals(0.5, strongest, 1e-3);
    assertEquals(-0.5, weakest, 1e-3);
  }

  @Test
  void withoutStrengthNothingIsDrawn() {
    SplittableRandom random = new SplittableRandom(1);
    assertSame(TrivialOperation.NONE, TrivialOperation.draw(0, random));
    assertEquals(new SplittableRandom(1).nextLong(), random.nextLong());
  }
}
