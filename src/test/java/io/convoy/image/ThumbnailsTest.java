package io.convoy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailsTest {
  private static byte[] thumbnail(byte[] file) throws UnusableImageException {
    return new Thumbnails(16, new ImageLimits(10_000)).jpeg(file);
  }

  @ParameterizedTest
  @CsvSource({"40,64,10,16", "64,40,16,10", "16,16,16,16", "8,4,8,4", "1,99,1,16"})
  void theLongerSideIsCutToItsLengthAndTheAspectStays(
      int height, int width, int smallHeight, int smallWidth) throws UnusableImageException {
    ImageHeader header = ImageHeader.read(thumbnail(TestImages.png(height, width)));
    assertEquals(new ImageHeader("JPEG", smallHeight, smallWidth), header);
  }

  @Test
  void coloursStayWhatTheyAre() throws UnusableImageException {
    Pixels pixels = Pixels.of(thumbnail(TestImages.png(64, 64)), 16, 16);
    pixels.assertRed(8, 2);
    pixels.assertBlue(8, 13);
  }

  @Test
  void aFileThatIsNoImageIsRefused() {
    byte[] text = "no image".getBytes(StandardCharsets.UTF_8);
    assertThrows(UnusableImageException.class, () -> thumbnail(text));
  }

  @Test
  void anImageOfTooManyPixelsIsRefused() {
    byte[] large = TestImages.png(101, 101);
    assertThrows(UnusableImageException.class, () -> thumbnail(large));
  }
}
