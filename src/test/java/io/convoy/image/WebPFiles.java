package io.convoy.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.awt.image.BufferedImage;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** WebP files of 16 rows and 32 columns, written by OpenCV, as the JDK cannot. */
final class WebPFiles {
  private static final int LOSSY = 90;
  private static final int LOSSLESS = 101;

  private WebPFiles() {}

  static byte[] redAndBlue() {
    return encoded(BufferedImage.TYPE_INT_RGB, LOSSY);
  }

  static byte[] lossless() {
    return encoded(BufferedImage.TYPE_INT_RGB, LOSSLESS);
  }

  /** Transparent on the left, which makes the file an extended one. */
  static byte[] transparent() {
    return encoded(BufferedImage.TYPE_INT_ARGB, LOSSY);
  }

  private static byte[] encoded(int type, int quality) {
    BufferedImage image = TestImages.redAndBlue(16, 32, type);
    if (type == BufferedImage.TYPE_INT_ARGB) {
      image.setRGB(0, 0, 0);
    }
    byte[] png = TestImages.encoded(image, "png");
    try (BytePointer bytes = new BytePointer(png);
        Mat coded = new Mat(1, png.length, CV_8UC1, bytes);
        Mat pixels = imdecode(coded, IMREAD_UNCHANGED);
        BytePointer extension = new BytePointer(".webp");
        IntPointer parameters = new IntPointer(IMWRITE_WEBP_QUALITY, quality);
        BytePointer file = new BytePointer()) {
      imencode(extension, pixels, file, parameters);
      byte[] encoded = new byte[(int) file.limit()];
      file.get(encoded);
      return encoded;
    }
  }
}
