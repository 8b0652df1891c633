package io.convoy.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoDecoderTest {

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp"})
  void coloursEndInTheirChannelAndPlace(String format) throws Exception {
    byte[] file =
        TestImages.encoded(TestImages.redAndBlue(40, 64, BufferedImage.TYPE_INT_RGB), format);

    Pixels pixels = Pixels.of(file, 10, 16);

    assertEquals(10 * 16 * 3, pixels.values().length);
    for (int row = 0; row < 10; row++) {
      pixels.assertRed(row, 0);
      pixels.assertRed(row, 6);
      pixels.assertBlue(row, 9);
      pixels.assertBlue(row, 15);
    }
  }

  @Test
  void webPIsDecoded() throws Exception {
    Pixels pixels = Pixels.of(WebPFiles.redAndBlue(), 4, 8);

    pixels.assertRed(3, 0);
    pixels.assertBlue(0, 7);
  }

  @Test
  void damagedTransparencyOfAWebPDoesNotMatter() throws Exception {
    byte[] file = WebPFiles.transparent();
    byte[] damaged = file.clone();
    // Behind the extended header: the chunk ALPH, whose first byte says how it is coded.
    Arrays.fill(damaged, 38, 42, (byte) 0xFF);

    assertArrayEquals(Pixels.of(file, 4, 8).values(), Pixels.of(damaged, 4, 8).values());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aJpegThatLacksItsEndMarkerAloneIsUsed(int missing) throws Exception {
    for (byte[] whole :
        new byte[][] {
          TestImages.encoded(TestImages.texture(64, 64), "jpeg"),
          TestImages.progressiveJpeg(TestImages.texture(64, 64))
        }) {
      byte[] cut = Arrays.copyOf(whole, whole.length - missing);

      assertArrayEquals(Pixels.of(whole, 16, 16).values(), Pixels.of(cut, 16, 16).values());
      assertTrue(PhotoDecoder.lacksEnd(cut));
      assertTrue(!PhotoDecoder.lacksEnd(whole));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "32, 00ff0000, 0000ff00, 000000ff",
    "32, 000000ff, 0000ff00, 00ff0000",
    "32, ff000000, 00ff0000, 0000ff00",
    "32, 0000ff00, 00ff0000, ff000000",
    "32, 3ff00000, 000ffc00, 000003ff",
    "16, 0000f800, 000007e0, 0000001f",
    "16, 00007c00, 000003e0, 0000001f",
    "16, 0000001f, 000007e0, 0000f800",
    "16, 00000f00, 000000f0, 0000000f"
  })
  void aBitmapSaysWhereItsColoursAre(int bits, String red, String green, String blue)
      throws Exception {
    int[] masks = {
      Integer.parseUnsignedInt(red, 16),
      Integer.parseUnsignedInt(green, 16),
      Integer.parseUnsignedInt(blue, 16)
    };
    for (int headerBytes : new int[] {40, 56, 108, 124}) {
      for (int channel = 0; channel < 3; channel++) {
        Pixels pixels = Pixels.of(TestImages.maskedBmp(headerBytes, bits, masks, channel), 3, 3);

        pixels.assertColour(
            1, 1, channel == 0 ? 255 : 0, channel == 1 ? 255 : 0, channel == 2 ? 255 : 0);
      }
    }
  }

  @Test
  void progressiveJpegGivesTheSamePixelsAsBaseline() throws Exception {
    BufferedImage image = TestImages.redAndBlue(40, 64, BufferedImage.TYPE_INT_RGB);

    assertArrayEquals(
        Pixels.of(TestImages.encoded(image, "jpeg"), 10, 16).values(),
        Pixels.of(TestImages.progressiveJpeg(image), 10, 16).values());
  }

  @Test
  void greyIsExpandedToThreeEqualChannels() throws Exception {
    BufferedImage grey = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 20, 20, 0, constant(400, 90));

    Pixels.of(TestImages.encoded(grey, "jpeg"), 5, 5).assertColour(2, 2, 90, 90, 90);
  }

  @Test
  void transparencyIsDropped() throws Exception {
    byte[] file =
        TestImages.encoded(TestImages.redAndBlue(20, 20, BufferedImage.TYPE_INT_ARGB), "png");

    Pixels.of(file, 4, 4).assertBlue(3, 3);
  }

  @Test
  void sixteenBitsAreCutToEight() throws Exception {
    BufferedImage grey = new BufferedImage(20, 20, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSamples(0, 0, 20, 20, 0, constant(400, 0x5A80));

    Pixels.of(TestImages.encoded(grey, "png"), 5, 5).assertColour(2, 2, 0x5A, 0x5A, 0x5A);
  }

  @Test
  void cmykIsConvertedAndNotInverted() throws Exception {
    // Orange: no cyan, half magenta, full yellow, no black; Adobe's files have 0 for full ink.
    byte[] file = TestImages.adobeJpeg(24, 24, 0, 255, 128, 0, 255);

    Pixels.of(file, 6, 6).assertColour(3, 3, 255, 128, 0);
  }

  @Test
  void ycckIsConvertedAndNotInverted() throws Exception {
    // Y, Cb, Cr of the CMY part of a pure red, as full-range BT.601 of the inks; no black.
    byte[] file = TestImages.adobeJpeg(24, 24, 2, 179, 171, 0, 255);

    Pixels.of(file, 6, 6).assertColour(3, 3, 255, 0, 0);
  }

  @Test
  void aSinglePixelFillsTheWholeTarget() throws Exception {
    Pixels pixels = Pixels.of(TestImages.png(1, 1), 5, 7);

    pixels.assertBlue(0, 0);
    pixels.assertBlue(4, 6);
  }

  @Test
  void bytesAfterTheEndOfTheImageDoNotMatter() throws Exception {
    byte[] jpeg = TestImages.jpeg(40, 64);

    assertArrayEquals(
        Pixels.of(jpeg, 5, 8).values(), Pixels.of(Bytes.join(jpeg, new byte[999]), 5, 8).values());
  }

  @Test
  void shrinkingAveragesAreas() throws Exception {
    BufferedImage stripes = new BufferedImage(64, 8, BufferedImage.TYPE_INT_RGB);
    for (int column = 0; column < 64; column += 4) {
      stripes.setRGB(column, 0, 1, 8, constant(8, 0xFFFFFF), 0, 1);
    }

    Pixels.of(TestImages.encoded(stripes, "png"), 8, 16).assertColour(3, 5, 64, 64, 64);
  }

  @Test
  void shrinkingAveragesAreasWhileTheOtherSideGrows() throws Exception {
    BufferedImage stripes = new BufferedImage(64, 8, BufferedImage.TYPE_INT_RGB);
    for (int column = 0; column < 64; column += 4) {
      stripes.setRGB(column, 0, 1, 8, constant(8, 0xFFFFFF), 0, 1);
    }

    Pixels.of(TestImages.encoded(stripes, "png"), 24, 16).assertColour(3, 5, 64, 64, 64);
  }

  @ParameterizedTest
  @CsvSource({"80,128", "160,256", "320,512", "321,515", "80,512"})
  void largeJpegsKeepColoursAndPlaces(int height, int width) throws Exception {
    Pixels pixels = Pixels.of(TestImages.jpeg(height, width), 10, 16);

    pixels.assertRed(0, 6);
    pixels.assertBlue(9, 9);
  }

  /** The corners of the upright image, clockwise from the top left, for each stored orientation. */
  @ParameterizedTest
  @CsvSource({
    "1,RGBW", "2,GRWB", "3,BWRG", "4,WBGR",
    "5,RWBG", "6,WRGB", "7,BGRW", "8,GBWR"
  })
  void everyExifOrientationIsTurnedUpright(int orientation, String corners) throws Exception {
    byte[] file =
        Bytes.jpegWithExif(
            TestImages.encoded(TestImages.fourCorners(200, 320), "jpeg"),
            Bytes.tiffWithOrientation(orientation, ByteOrder.BIG_ENDIAN));

    Pixels pixels = Pixels.of(file, 12, 10);

    pixels.assertColour(0, 0, corners.charAt(0));
    pixels.assertColour(0, 9, corners.charAt(1));
    pixels.assertColour(11, 9, corners.charAt(2));
    pixels.assertColour(11, 0, corners.charAt(3));
  }

  @Test
  void theOrientationOfAPngIsApplied() throws Exception {
    byte[] exif = Bytes.tiffWithOrientation(6, ByteOrder.BIG_ENDIAN);
    byte[] file = Bytes.insert(TestImages.png(40, 64), 33, Bytes.chunk("eXIf", exif));

    Pixels pixels = Pixels.of(file, 16, 10);

    pixels.assertRed(0, 9);
    pixels.assertBlue(15, 0);
  }

  @Test
  void ofAPngOnlyWhatMakesItsPixelsReachesOpenCv() throws Exception {
    byte[] png = TestImages.png(8, 8);
    byte[] commented =
        Bytes.insert(
            Bytes.insert(png, png.length - 12, Bytes.chunk("iTXt", new byte[200])),
            33,
            Bytes.chunk("zTXt", new byte[100]));

    assertArrayEquals(png, ImageFile.read(commented).strip(commented));
  }

  @Test
  void noNativeMemoryStaysOpen() throws Exception {
    byte[] turned =
        Bytes.jpegWithExif(
            TestImages.jpeg(400, 640), Bytes.tiffWithOrientation(6, ByteOrder.BIG_ENDIAN));
    Pixels.of(turned, 10, 16);
    long before = Pointer.totalCount();

    for (int i = 0; i < 20; i++) {
      Pixels.of(turned, 10, 16);
    }

    assertTrue(Pointer.totalCount() <= before);
  }

  @Test
  void openCvUsesOneThread() throws Exception {
    Pixels.of(TestImages.png(1, 1), 1, 1);

    assertEquals(1, opencv_core.getNumThreads());
  }

  private static int[] constant(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }
}
