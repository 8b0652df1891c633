package io.convoy.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirroredViewTest {
  private static final int CHANNELS = 3;

  private static byte[] noise(int images, int height, int width) {
    byte[] pixels = new byte[images * height * width * CHANNELS];
    new Random(5).nextBytes(pixels);
    return pixels;
  }

  /** Grey pixels, one behind the other. */
  private static byte[] grey(int... values) {
    byte[] pixels = new byte[values.length * CHANNELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i / CHANNELS];
    }
    return pixels;
  }

  @Test
  void ofTheWholeItIsTheMirrorImage() {
    byte[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    byte[] mirror = {4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9};
    assertArrayEquals(mirror, new MirroredView(new ImageSize(2, 2), 1).of(image));
  }

  /** Of five columns the middle three become five; the centres lie at -0.2, 0.4, 1, 1.6 and 2.2. */
  @Test
  void pixelsLieBetweenThoseOfTheMiddle() {
    byte[] row = grey(255, 10, 110, 210, 255);
    byte[] expected = grey(210, 170, 110, 50, 10);
    assertArrayEquals(expected, new MirroredView(new ImageSize(1, 5), 0.6).of(row));
  }

  @Test
  void anImageOfOneColourStaysWhatItIs() {
    byte[] image = new byte[40 * 50 * CHANNELS];
    Arrays.fill(image, (byte) 201);
    assertArrayEquals(image, new MirroredView(new ImageSize(40, 50), 0.8).of(image));
  }

  @ParameterizedTest
  @CsvSource({"12, 10, 0.8", "96, 128, 0.8", "7, 5, 0.5", "3, 2, 0.8", "1, 1, 0.5"})
  void itIsWhatItsSharesOfRowsAndColumnsComeTo(int height, int width, double sides) {
    MirroredView view = new MirroredView(new ImageSize(height, width), sides);
    byte[] images = noise(2, height, width);
    byte[] views = view.of(images);
    float[][] rows = view.rowShares();
    float[][] columns = view.columnShares();
    for (int at = 0; at < views.length; at++) {
      int channel = at % CHANNELS;
      int x = at / CHANNELS % width;
      int y = at / CHANNELS / width % height;
      int image = at / CHANNELS / width / height;
      double sum = 0;
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          int from = ((image * height + row) * width + column) * CHANNELS + channel;
          sum += rows[y][row] * columns[x][column] * (images[from] & 0xFF);
        }
      }
      assertEquals((byte) (int) Math.rint(sum), views[at]);
    }
  }
}
