package io.convoy.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailTest {
  private static final ImageSize SMALL = new ImageSize(32, 48);

  private static byte[] noise(ImageSize size) {
    byte[] pixels = new byte[size.height() * size.width() * Rgb.CHANNELS];
    new Random(1).nextBytes(pixels);
    return pixels;
  }

  private static byte[] enlarged(byte[] pixels, ImageSize from, ImageSize to) {
    byte[] large = new byte[to.height() * to.width() * Rgb.CHANNELS];
    try (BytePointer data = new BytePointer(pixels);
        Mat small = new Mat(from.height(), from.width(), CV_8UC3, data);
        Mat result = new Mat();
        Size size = new Size(to.width(), to.height())) {
      resize(small, result, size, 0, 0, INTER_CUBIC);
      result.data().capacity(large.length).get(large);
    }
    return large;
  }

  /** Noise that is not sharp to the pixel, as no photo is. */
  private static byte[] photo() {
    ImageSize half = SMALL.times(0.5);
    return enlarged(noise(half), half, SMALL);
  }

  @Test
  void noiseShowsAllItsPixels() {
    assertEquals(SMALL, Detail.shown(noise(SMALL), SMALL));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void aPhotoThatWasEnlargedShowsNoMoreThanBefore(int times) {
    ImageSize large = SMALL.times(times);
    ImageSize shown = Detail.shown(enlarged(photo(), SMALL, large), large);
    assertEquals(SMALL, shown);
  }

  @Test
  void anImageOfOneColourIsMadeNoSmallerThanAnEighth() {
    assertEquals(new ImageSize(8, 5), Detail.shown(new byte[64 * 40 * 3], new ImageSize(64, 40)));
  }
}
