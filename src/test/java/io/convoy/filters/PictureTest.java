package io.convoy.filters;

import static io.convoy.filters.Planes.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static final Plane STEPS = Planes.of(row(-1, 0, 1), row(3, 2, 7));

  private static BufferedImage decoded(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.png()));
  }

  private static int[] shades(Picture picture) throws IOException {
    BufferedImage image = decoded(picture);
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }

  @Test
  void aPlaneIsGreyFromItsLowestToItsHighestValue() throws IOException {
    Picture picture = Picture.grey(STEPS, Tone.ofRange(STEPS));
    assertArrayEquals(new int[] {0, 32, 64, 128, 96, 255}, shades(picture));
    assertEquals(1, decoded(picture).getRaster().getNumBands());
  }

  @Test
  void valuesBeyondATonesEndsAreBlackAndWhite() throws IOException {
    assertArrayEquals(
        new int[] {0, 0, 128, 255, 255, 255}, shades(Picture.grey(STEPS, new Tone(0, 2))));
  }

  @Test
  void aPlaneOfOneValueIsBlack() throws IOException {
    Plane flat = Planes.of(row(5, 5));
    assertArrayEquals(new int[] {0, 0}, shades(Picture.grey(flat, Tone.ofRange(flat))));
  }

  @Test
  void whatIsNoNumberIsBlack() throws IOException {
    Plane diverged = Planes.of(row(Float.NaN, Float.NaN));
    assertArrayEquals(new int[] {0, 0}, shades(Picture.grey(diverged, Tone.ofRange(diverged))));
  }

  @Test
  void strengthsAreWhiteWhereOneInTwoHundredExceedsThem() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Plane half = new Plane(1, 500, Arrays.copyOfRange(values, 0, 500));
    Plane rest = new Plane(1, 500, Arrays.copyOfRange(values, 500, 1000));
    assertEquals(new Tone(0, 994), Tone.ofStrengths(List.of(half, rest)));
  }

  @Test
  void aFewStrengthsInTheDarkAreStillSeen() {
    float[] values = new float[1000];
    values[7] = 3;
    assertEquals(new Tone(0, 3), Tone.ofStrengths(List.of(new Plane(1, 1000, values))));
  }

  @Test
  void aPhotoKeepsItsColours() throws IOException {
    RgbImage photo = RgbImage.of(1, 2, new byte[] {(byte) 255, (byte) 128, 0, 1, 2, 3});
    BufferedImage image = decoded(Picture.colour(photo));
    assertEquals(0xFFFF8000, image.getRGB(0, 0));
    assertEquals(0xFF010203, image.getRGB(1, 0));
  }

  @Test
  void brightnessWeighsTheChannels() {
    RgbImage photo =
        RgbImage.of(1, 2, new byte[] {(byte) 255, 0, 0, (byte) 255, (byte) 255, (byte) 255});
    assertArrayEquals(new float[] {0.299f, 1}, photo.brightness().values());
  }

  @Test
  void aKernelIsGreyWhereItsWeightIsZeroAndItsWeightsAreSquares() throws IOException {
    Plane red = Planes.of(row(1, 0));
    Plane green = Planes.of(row(-1, 0));
    Plane blue = Planes.of(row(0.5f, 0));
    BufferedImage image = decoded(Picture.kernel(List.of(red, green, blue)));
    assertEquals(48, image.getHeight());
    assertEquals(96, image.getWidth());
    assertEquals(0xFFFF00BF, image.getRGB(47, 47));
    assertEquals(0xFF808080, image.getRGB(48, 0));
  }
}
