package io.convoy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class KernelMosaicTest {
  private static BufferedImage image(int kernels, int height, int width, float... weights)
      throws IOException {
    KernelMosaic mosaic = KernelMosaic.of(kernels, height, width, weights);
    return ImageIO.read(new ByteArrayInputStream(mosaic.png()));
  }

  @Test
  void theLargestWeightIsFullAndNoneIsGrey() throws IOException {
    BufferedImage image = image(1, 1, 1, 0.5f, 0, -0.5f);
    assertEquals(0xFFFF8001, image.getRGB(0, 0));
  }

  @Test
  void eachKernelIsScaledByItself() throws IOException {
    BufferedImage image = image(2, 1, 1, 4, 4, 4, 0.1f, 0.1f, 0.1f);
    assertEquals(0xFFFFFFFF, image.getRGB(0, 0));
    assertEquals(0xFFFFFFFF, image.getRGB(image.getWidth() - 1, 0));
  }

  @Test
  void weightsLieInTheirRowsAndColumns() throws IOException {
    BufferedImage image = image(1, 1, 2, 1, -1, 0, 0, 0, 0);
    assertEquals(0xFFFF8080, image.getRGB(0, 0));
    assertEquals(0xFF018080, image.getRGB(image.getWidth() - 1, 0));
  }

  @Test
  void thereAreTwiceAsManyColumnsAsRows() throws IOException {
    BufferedImage one = image(1, 3, 3, new float[27]);
    BufferedImage many = image(128, 3, 3, new float[128 * 27]);
    assertEquals(16 * one.getWidth() + 15 * 3, many.getWidth());
    assertEquals(8 * one.getHeight() + 7 * 3, many.getHeight());
  }

  @Test
  void theLastRowMayBeShort() throws IOException {
    BufferedImage one = image(1, 3, 3, new float[27]);
    BufferedImage five = image(5, 3, 3, new float[5 * 27]);
    assertEquals(4 * one.getWidth() + 3 * 3, five.getWidth());
    assertEquals(2 * one.getHeight() + 3, five.getHeight());
  }

  @Test
  void theKernelsOfADivergedNetworkAreGrey() throws IOException {
    BufferedImage image = image(1, 1, 1, Float.NaN, Float.POSITIVE_INFINITY, 0);
    assertEquals(0xFF808080, image.getRGB(0, 0));
  }
}
