package io.convoy.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.image.JpegEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class AnimalPainterTest {

  @Test
  void theSameDrawingHasTheSameBytesWhateverWasDrawnBefore() {
    byte[] first = jpeg(new AnimalDrawing(7, Animal.DOG, 3));
    jpeg(new AnimalDrawing(7, Animal.CAT, 9));

    assertArrayEquals(first, jpeg(new AnimalDrawing(7, Animal.DOG, 3)));
  }

  @Test
  void anotherSeedDrawsAnotherPicture() {
    assertFalse(
        Arrays.equals(
            jpeg(new AnimalDrawing(7, Animal.CAT, 3)), jpeg(new AnimalDrawing(8, Animal.CAT, 3))));
  }

  @Test
  void neighbouringIndicesDrawDifferentPictures() {
    assertFalse(
        Arrays.equals(
            jpeg(new AnimalDrawing(7, Animal.CAT, 3)), jpeg(new AnimalDrawing(7, Animal.CAT, 4))));
  }

  @Test
  void imageIoDecodesWhatWasDrawn() throws IOException {
    for (int n = 0; n < 20; n++) {
      BufferedImage drawn = AnimalPainter.paint(AnimalDrawing.of(1, n));

      BufferedImage read = ImageIO.read(new ByteArrayInputStream(JpegEncoder.encode(drawn)));

      assertEquals(drawn.getWidth(), read.getWidth());
      assertEquals(drawn.getHeight(), read.getHeight());
    }
  }

  @Test
  void threeHundredAndSeventyFiveByFiveHundredIsTheMostCommonSize() {
    Map<String, Integer> counts = new TreeMap<>();
    for (int n = 0; n < 200; n++) {
      BufferedImage image = AnimalPainter.paint(AnimalDrawing.of(1, n));
      counts.merge(image.getHeight() + " x " + image.getWidth(), 1, Integer::sum);
    }

    int usual = counts.getOrDefault("375 x 500", 0);

    assertEquals(Collections.max(counts.values()), usual);
    assertTrue(usual >= 40 && usual <= 100, "375 x 500: " + usual + " of 200");
    assertTrue(counts.size() > 50, "sizes: " + counts.size());
  }

  @Test
  void sidesAreTwoHundredToFiveHundredPixels() {
    for (int n = 0; n < 200; n++) {
      BufferedImage image = AnimalPainter.paint(AnimalDrawing.of(2, n));

      assertTrue(Math.min(image.getWidth(), image.getHeight()) >= 200);
      assertTrue(Math.max(image.getWidth(), image.getHeight()) <= 500);
    }
  }

  @Test
  void noThresholdOnAMeanColourTellsTheClass() {
    int images = 400;
    Map<Boolean, double[][]> means =
        IntStream.range(0, images)
            .boxed()
            .collect(
                Collectors.partitioningBy(
                    n -> AnimalDrawing.of(5, n).animal() == Animal.CAT,
                    Collectors.collectingAndThen(
                        Collectors.toList(),
                        list ->
                            list.stream()
                                .map(n -> means(AnimalPainter.paint(AnimalDrawing.of(5, n))))
                                .toArray(double[][]::new))));
    for (int channel = 0; channel < 3; channel++) {
      int best = 0;
      for (int threshold = 0; threshold < 256; threshold++) {
        int right =
            above(means.get(true), channel, threshold)
                + means.get(false).length
                - above(means.get(false), channel, threshold);
        best = Math.max(best, Math.max(right, images - right));
      }
      assertTrue(best <= 0.6 * images, "channel " + channel + ": " + best + " of " + images);
    }
  }

  private static byte[] jpeg(AnimalDrawing drawing) {
    return JpegEncoder.encode(AnimalPainter.paint(drawing));
  }

  private static int above(double[][] means, int channel, double threshold) {
    return (int) Arrays.stream(means).filter(mean -> mean[channel] > threshold).count();
  }

  private static double[] means(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return IntStream.of(16, 8, 0)
        .mapToDouble(shift -> Arrays.stream(pixels).map(p -> p >> shift & 0xff).average().orElse(0))
        .toArray();
  }
}
