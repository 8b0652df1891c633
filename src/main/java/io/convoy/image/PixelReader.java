package io.convoy.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_core.transpose;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The OpenCV side of decoding. All native memory is freed before the call returns.
 *
 * <p>OpenCV is told to leave the orientation alone: it is applied here, to the small result, so
 * that header and pixels cannot disagree.
 */
final class PixelReader {
  private static final int MOST_REDUCTION = 8;

  static {
    setNumThreads(1);
  }

  byte[] read(byte[] file, ImageFile header, ImageSize target) throws UnusableImageException {
    StoredImage image = header.image();
    ImageSize lying = image.orientation().turn(target);
    int reduction = header.format() instanceof Jpeg ? reduction(image.shape(), lying) : 1;
    try (BytePointer bytes = new BytePointer(file);
        Mat coded = new Mat(1, file.length, CV_8UC1, bytes);
        Mat decoded = imdecode(coded, flags(reduction))) {
      if (decoded.empty()) {
        throw new UnusableImageException("corrupt %s: cannot be decoded", header.format().name());
      }
      if (decoded.rows() != reduced(image.shape().height(), reduction)
          || decoded.cols() != reduced(image.shape().width(), reduction)
          || decoded.type() != CV_8UC3) {
        throw new UnusableImageException(
            "corrupt %s: decoded to another size than its header says", header.format().name());
      }
      shrink(decoded, lying);
      enlarge(decoded, lying);
      turnUpright(decoded, image.orientation());
      cvtColor(decoded, decoded, COLOR_BGR2RGB);
      return bytes(decoded);
    } catch (RuntimeException e) {
      // JavaCPP's form of a C++ exception; its message is long and speaks of OpenCV's sources.
      throw new UnusableImageException(e, "corrupt %s: cannot be decoded", header.format().name());
    }
  }

  /** Makes RGB of an image that is decoded already. */
  byte[] read(RawImage image, ImageSize target) {
    return switch (image.channels()) {
      case 1 -> read(image, CV_8UC1, COLOR_GRAY2RGB, target);
      case 3 -> read(image, CV_8UC3, COLOR_BGR2RGB, target);
      case 4 -> read(image, CV_8UC4, COLOR_BGRA2RGB, target);
      default -> throw new IllegalArgumentException(image.channels() + " channels");
    };
  }

  private static byte[] read(RawImage image, int stored, int toRgb, ImageSize target) {
    try (BytePointer data = new BytePointer(image.data());
        Mat mat = new Mat(image.height(), image.width(), stored, data)) {
      shrink(mat, target);
      enlarge(mat, target);
      cvtColor(mat, mat, toRgb);
      return bytes(mat);
    }
  }

  /** The pixels of a whole image, row by row. */
  private static byte[] bytes(Mat image) {
    byte[] pixels = new byte[image.rows() * image.cols() * Rgb.CHANNELS];
    try (BytePointer rows = image.data()) {
      rows.get(pixels);
    }
    return pixels;
  }

  /**
   * The largest divisor by which libjpeg's scaled inverse DCT may shrink the image while it
   * decodes: much faster than decoding all of it, and at least as many pixels a side are left as
   * the target has. The scaled DCT keeps an image's low frequencies, so that nothing is skipped:
   * over photos of Kaggle's cats and dogs the result differs from averaging the whole image's areas
   * by 3.6 of 255 (root mean square), that of the usual linear interpolation by 6.3.
   */
  private static int reduction(ImageSize stored, ImageSize target) {
    for (int divisor = MOST_REDUCTION; divisor > 1; divisor /= 2) {
      if (reduced(stored.height(), divisor) >= target.height()
          && reduced(stored.width(), divisor) >= target.width()) {
        return divisor;
      }
    }
    return 1;
  }

  private static int flags(int reduction) {
    int colour =
        switch (reduction) {
          case 2 -> IMREAD_REDUCED_COLOR_2;
          case 4 -> IMREAD_REDUCED_COLOR_4;
          case 8 -> IMREAD_REDUCED_COLOR_8;
          default -> IMREAD_COLOR;
        };
    return colour | IMREAD_IGNORE_ORIENTATION;
  }

  private static int reduced(int side, int reduction) {
    return (side + reduction - 1) / reduction;
  }

  /** Only the sides that are too long: INTER_AREA does not average if one side grows. */
  private static void shrink(Mat image, ImageSize target) {
    scale(
        image,
        Math.min(image.rows(), target.height()),
        Math.min(image.cols(), target.width()),
        INTER_AREA);
  }

  private static void enlarge(Mat image, ImageSize target) {
    scale(image, target.height(), target.width(), INTER_LINEAR);
  }

  private static void scale(Mat image, int height, int width, int interpolation) {
    if (image.rows() != height || image.cols() != width) {
      try (Size size = new Size(width, height)) {
        resize(image, image, size, 0, 0, interpolation);
      }
    }
  }

  private static void turnUpright(Mat image, Orientation orientation) {
    if (orientation.transposed()) {
      transpose(image, image);
    }
    switch (orientation.mirror()) {
      case NONE -> {}
      case LEFT_RIGHT -> flip(image, image, 1);
      case TOP_BOTTOM -> flip(image, image, 0);
      case BOTH -> flip(image, image, -1);
    }
  }
}
