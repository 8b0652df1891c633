package io.convoy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {

  @ParameterizedTest
  @CsvSource({"jpeg,JPEG", "png,PNG", "bmp,BMP"})
  void formatAndSizeAreReadByContent(String writer, String format) throws Exception {
    byte[] file =
        TestImages.encoded(TestImages.redAndBlue(30, 50, BufferedImage.TYPE_INT_RGB), writer);

    assertEquals(new ImageHeader(format, 30, 50), ImageHeader.read(file));
  }

  @Test
  void aBmpStoredFromTopToBottomHasAPositiveHeight() throws Exception {
    byte[] file =
        TestImages.encoded(TestImages.redAndBlue(30, 50, BufferedImage.TYPE_INT_RGB), "bmp");
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -30);

    assertEquals(new ImageHeader("BMP", 30, 50), ImageHeader.read(file));
  }

  @Test
  void lossyWebPIsRead() throws Exception {
    assertEquals(new ImageHeader("WebP", 16, 32), ImageHeader.read(WebPFiles.redAndBlue()));
  }

  @Test
  void extendedWebPIsRead() throws Exception {
    assertEquals(new ImageHeader("WebP", 16, 32), ImageHeader.read(WebPFiles.transparent()));
  }

  @Test
  void aProgressiveJpegIsRead() throws Exception {
    byte[] file =
        TestImages.progressiveJpeg(TestImages.redAndBlue(30, 50, BufferedImage.TYPE_INT_RGB));

    assertEquals(new ImageHeader("JPEG", 30, 50), ImageHeader.read(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void anUprightOrMirroredPhotoKeepsItsSides(int orientation) throws Exception {
    assertEquals(
        new ImageHeader("JPEG", 30, 50),
        ImageHeader.read(turned(orientation, ByteOrder.LITTLE_ENDIAN)));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 8})
  void aPhotoThatLiesOnItsSideIsMeasuredUpright(int orientation) throws Exception {
    assertEquals(
        new ImageHeader("JPEG", 50, 30),
        ImageHeader.read(turned(orientation, ByteOrder.BIG_ENDIAN)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 65_535})
  void anOrientationThatDoesNotExistIsIgnored(int orientation) throws Exception {
    assertEquals(
        new ImageHeader("JPEG", 30, 50),
        ImageHeader.read(turned(orientation, ByteOrder.BIG_ENDIAN)));
  }

  @Test
  void anExifBlockWithALargeThumbnailIsReadWhole() throws Exception {
    byte[] tiff = Bytes.tiffWithOrientation(6, ByteOrder.BIG_ENDIAN);
    byte[] file = Bytes.jpegWithExif(TestImages.jpeg(30, 50), Bytes.join(tiff, new byte[20_000]));

    assertEquals(new ImageHeader("JPEG", 50, 30), ImageHeader.read(new ByteArrayInputStream(file)));
  }

  @Test
  void aTruncatedExifBlockIsIgnored() throws Exception {
    byte[] tiff = Bytes.tiffWithOrientation(6, ByteOrder.BIG_ENDIAN);
    for (int length = 0; length < 22; length++) {
      byte[] file = Bytes.jpegWithExif(TestImages.jpeg(30, 50), Bytes.cut(tiff, length));

      assertEquals(new ImageHeader("JPEG", 30, 50), ImageHeader.read(file));
    }
  }

  @Test
  void onlyTheStartOfAStreamIsRead() throws Exception {
    byte[] jpeg = TestImages.jpeg(30, 50);
    ByteArrayInputStream file =
        new ByteArrayInputStream(Bytes.join(jpeg, new byte[1_000_000 - jpeg.length]));

    ImageHeader.read(file);

    assertTrue(file.available() > 990_000);
  }

  @Test
  void aChunkThatClaimsGigabytesIsATruncatedHeader() {
    byte[] png = TestImages.png(30, 50);
    ByteBuffer.wrap(png).putInt(33, Integer.MAX_VALUE).putInt(37, 0x69434350);

    UnusableImageException refused =
        assertThrows(UnusableImageException.class, () -> ImageHeader.read(png));

    assertEquals("truncated PNG: ends in its header", refused.getMessage());
  }

  private static byte[] turned(int orientation, ByteOrder order) {
    return Bytes.jpegWithExif(
        TestImages.jpeg(30, 50), Bytes.tiffWithOrientation(orientation, order));
  }
}
