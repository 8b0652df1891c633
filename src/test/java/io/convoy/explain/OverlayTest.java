package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.image.ImageSize;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final HeatMap HEAT = new HeatMap(1, 2, new float[] {0, 1});
  private static final ImageSize SIZE = new ImageSize(3, 4);

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static int brightness(Color colour) {
    return colour.getRed() + colour.getGreen() + colour.getBlue();
  }

  @Test
  void overAPhotoAColdPlaceIsDarkAndAHotOneWarm() throws IOException {
    byte[] grey = new byte[3 * 4 * 3];
    Arrays.fill(grey, (byte) 128);
    BufferedImage picture = read(Overlay.over(HEAT, grey, SIZE));
    Color cold = new Color(picture.getRGB(0, 1));
    Color hot = new Color(picture.getRGB(3, 1));
    assertTrue(brightness(cold) < 3 * 128 && brightness(hot) > 3 * 128, cold + " " + hot);
    assertTrue(hot.getRed() > hot.getBlue() + 30, hot::toString);
    assertEquals(4, picture.getWidth());
    assertEquals(3, picture.getHeight());
  }

  @Test
  void toLieOverAPhotoItLetsThePhotoThrough() throws IOException {
    BufferedImage picture = read(Overlay.transparent(HEAT, SIZE));
    for (int x = 0; x < 4; x++) {
      int opacity = new Color(picture.getRGB(x, 2), true).getAlpha();
      assertTrue(opacity >= 0.35 * 255 && opacity <= 0.65 * 255, x + ": " + opacity);
    }
  }
}
