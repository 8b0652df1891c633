package io.convoy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and the reason that is given. */
class UnusableImageTest {
  private static final ImageLimits LIMITS = new ImageLimits(1_000_000);

  @Test
  void anEmptyFileIsRefused() {
    assertEquals("empty file", reason(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!DOCTYPE html><title>404", "\n  <html>", "\u00EF\u00BB\u00BF<HTML>"})
  void htmlIsNamed(String page) {
    assertEquals(
        "not an image: starts with HTML", reason(page.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void unknownBytesAreShown() {
    assertEquals(
        "not an image: starts with bytes 98 02 6c", reason(new byte[] {(byte) 0x98, 0x02, 0x6C}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"II*\0", "MM\0*", "....ftypheic", "<svg", "<?xml version='1.0'?>\n<svg"})
  void aFormatThatIsKnownButNotDecodedIsNamed(String start) {
    String reason = reason(start.getBytes(StandardCharsets.ISO_8859_1));

    assertTrue(reason.endsWith("not supported"), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "....ftypheic, HEIC",
    "....ftypavif, AVIF",
    "....ftypisom, video (MP4 or QuickTime)",
    "8BPS, Photoshop (PSD)",
    "%PDF-1.7, PDF",
    "'PK\u0003\u0004', ZIP",
    "\u00ffO\u00ffQ, JPEG 2000",
    "P6 3, 'Netpbm (PBM, PGM, PPM)'"
  })
  void eachFormatIsCalledByItsName(String start, String name) {
    assertEquals(
        name + ", which is not supported", reason(start.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void aGitLfsPointerIsNamed() {
    assertTrue(
        reason("version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8))
            .startsWith("a Git LFS pointer"));
  }

  @Test
  void aGifIsNamed() {
    byte[] gif = TestImages.encoded(TestImages.redAndBlue(4, 4, BufferedImage.TYPE_INT_RGB), "gif");

    assertEquals("GIF, which is not supported", reason(gif));
  }

  @Test
  void aJpegThatClaimsTooManyPixelsIsRefusedFromItsHeader() {
    byte[] bomb = Bytes.jpegClaiming(TestImages.jpeg(8, 8), 65_500, 65_499);

    assertEquals("65499x65500 pixels, more than images.max-pixels, 1000000", reason(bomb));
  }

  @Test
  void aJpegOfExactlyTheLimitIsUsed() throws Exception {
    byte[] file = TestImages.jpeg(8, 16);

    assertEquals(
        3, new PhotoDecoder(new ImageSize(1, 1), new ImageLimits(128)).decode(file).length);
  }

  @Test
  void aJpegOfOnePixelMoreThanTheLimitIsRefused() {
    PhotoDecoder decoder = new PhotoDecoder(new ImageSize(1, 1), new ImageLimits(127));

    assertThrows(UnusableImageException.class, () -> decoder.decode(TestImages.jpeg(8, 16)));
  }

  @Test
  void aJpegWithoutHeightIsRefused() {
    assertEquals(
        "corrupt JPEG: an image of 8x0 pixels",
        reason(Bytes.jpegClaiming(TestImages.jpeg(8, 8), 0, 8)));
  }

  @Test
  void aJpegCutInItsHeaderIsRefused() {
    assertEquals(
        "truncated JPEG: ends in its header", reason(Bytes.cut(TestImages.jpeg(64, 64), 100)));
  }

  @Test
  void aJpegThatEndsInItsLastRowsIsRefused() {
    byte[] jpeg = TestImages.encoded(TestImages.texture(64, 64), "jpeg");

    for (int missing = 6; missing < 60; missing += 3) {
      assertEquals(
          "truncated JPEG: no end-of-image marker", reason(Bytes.cut(jpeg, jpeg.length - missing)));
    }
  }

  @Test
  void aProgressiveJpegWithoutItsLastScanIsRefused() {
    byte[] jpeg = TestImages.progressiveJpeg(TestImages.texture(64, 64));
    int lastScan = jpeg.length;
    while (jpeg[--lastScan - 1] != (byte) 0xFF || jpeg[lastScan] != (byte) 0xDA) {}

    assertEquals("truncated JPEG: no end-of-image marker", reason(Bytes.cut(jpeg, lastScan - 1)));
  }

  @Test
  void aProgressiveJpegCutInItsScansIsRefused() {
    byte[] jpeg = TestImages.progressiveJpeg(TestImages.texture(64, 64));

    assertEquals(
        "truncated JPEG: no end-of-image marker", reason(Bytes.cut(jpeg, jpeg.length * 3 / 4)));
  }

  @Test
  void theEndOfAnExifThumbnailIsNotTheEndOfTheImage() {
    byte[] photo = TestImages.encoded(TestImages.texture(64, 64), "jpeg");
    byte[] exif = Bytes.join(new byte[8], TestImages.jpeg(8, 8));
    byte[] withThumbnail = Bytes.jpegWithExif(photo, exif);

    assertEquals(
        "truncated JPEG: no end-of-image marker",
        reason(Bytes.cut(withThumbnail, withThumbnail.length * 3 / 4)));
  }

  @Test
  void aTruncatedJpegPaddedWithZerosIsRefused() {
    byte[] jpeg = TestImages.encoded(TestImages.texture(64, 64), "jpeg");

    assertEquals(
        "truncated JPEG: no end-of-image marker",
        reason(Bytes.cut(Bytes.cut(jpeg, jpeg.length / 2), jpeg.length)));
  }

  @Test
  void aPngWithoutItsEndIsRefused() {
    byte[] png = TestImages.png(64, 64);

    assertEquals("truncated PNG: no end chunk", reason(Bytes.cut(png, png.length - 1)));
  }

  @Test
  void aPngWhosePixelsAreCutIsRefused() {
    byte[] png = TestImages.encoded(TestImages.texture(64, 64), "png");
    byte[] end = Arrays.copyOfRange(png, png.length - 12, png.length);
    int half = png.length / 2;
    byte[] pixels = Arrays.copyOfRange(png, 41, half);
    byte[] file = Bytes.join(Bytes.cut(png, 33), Bytes.chunk("IDAT", pixels), end);

    assertEquals("corrupt PNG: cannot be decoded", reason(file));
  }

  @Test
  void aTruncatedBmpIsRefused() {
    byte[] bmp = TestImages.encoded(TestImages.redAndBlue(9, 9, BufferedImage.TYPE_INT_RGB), "bmp");

    assertEquals(
        "truncated BMP: fewer rows than its header says", reason(Bytes.cut(bmp, bmp.length - 1)));
  }

  @Test
  void aTruncatedWebPIsRefused() {
    byte[] webP = WebPFiles.redAndBlue();

    assertEquals(
        "truncated WebP: shorter than its header says", reason(Bytes.cut(webP, webP.length - 1)));
  }

  @Test
  void aLosslessWebPIsRefused() {
    assertEquals("lossless WebP, which is not supported", reason(WebPFiles.lossless()));
  }

  @Test
  void anExtendedWebPWithALosslessImageIsRefused() {
    byte[] lossless = WebPFiles.lossless();
    byte[] file = WebPFiles.transparent();
    byte[] extended =
        Bytes.join(Bytes.cut(file, 30), Arrays.copyOfRange(lossless, 12, lossless.length));
    ByteBuffer.wrap(extended).order(ByteOrder.LITTLE_ENDIAN).putInt(4, extended.length - 8);

    assertEquals("lossless WebP, which is not supported", reason(extended));
  }

  @Test
  void anExtendedWebPThatHidesALargerFrameIsRefused() {
    byte[] webP = WebPFiles.transparent();
    webP[24] = 7;

    assertEquals("corrupt WebP: its frame is not of the size that its header says", reason(webP));
  }

  @Test
  void aJpegOfManyScansIsRefused() {
    byte[] jpeg = TestImages.progressiveJpeg(TestImages.texture(8, 8));
    byte[] scan = Bytes.segment(0xDA, new byte[] {1, 1, 0, 1, 63, 0});
    byte[][] scans = Collections.nCopies(101, scan).toArray(byte[][]::new);

    assertEquals(
        "JPEG of more than 100 scans, which is not supported",
        reason(Bytes.insert(jpeg, jpeg.length - 2, Bytes.join(scans))));
  }

  /** libjpeg reads on behind such a marker where a restart was due, so that no length hides it. */
  @Test
  void aReservedMarkerHidesNoScans() {
    byte[] jpeg = TestImages.progressiveJpeg(TestImages.texture(8, 8));
    byte[] scan = Bytes.segment(0xDA, new byte[] {1, 1, 0, 1, 63, 0});
    byte[] hiding =
        Bytes.segment(0x05, Bytes.join(Collections.nCopies(101, scan).toArray(byte[][]::new)));

    assertEquals(
        "JPEG of more than 100 scans, which is not supported",
        reason(Bytes.insert(jpeg, jpeg.length - 2, hiding)));
  }

  private static String reason(byte[] file) {
    PhotoDecoder decoder = new PhotoDecoder(new ImageSize(4, 4), LIMITS);
    return assertThrows(UnusableImageException.class, () -> decoder.decode(file)).getMessage();
  }
}
