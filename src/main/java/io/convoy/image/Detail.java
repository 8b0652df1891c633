package io.convoy.image;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.add;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_core.subtract;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * How much an image shows. One that was enlarged shows no more than the smaller one that it was
 * made of: made small again, and large again, it is what it was, but for what JPEG does.
 */
public final class Detail {
  /** The sides are halved so often at the most. */
  public static final int MOST_HALVINGS = 3;

  /**
   * Of the cats and dogs, which were not enlarged, the halves are at 34 in the median; of flowers
   * that were enlarged fourfold, the quarters at 42 and the eighths at 27.
   */
  private static final double SAME_DECIBELS = 39;

  private static final double WHITE = 255;
  private static final int CORRECTIONS = 3;

  static {
    setNumThreads(1);
  }

  private Detail() {}

  /**
   * The smallest of an image's own size, its half, its quarter and its eighth that shows the same.
   *
   * @param pixels uint8 [height, width, 3], RGB
   * @param size of the image
   */
  public static ImageSize shown(byte[] pixels, ImageSize size) {
    ImageSize shown = size;
    for (int halvings = 1; halvings <= MOST_HALVINGS; halvings++) {
      ImageSize smaller = size.times(1.0 / (1 << halvings));
      if (decibels(pixels, throughSmaller(pixels, size, smaller)) < SAME_DECIBELS) {
        return shown;
      }
      shown = smaller;
    }
    return shown;
  }

  /**
   * What an image is after a smaller one that comes as near to it as can be: the mean of areas, and
   * what that leaves out of the image, likewise (Irani and Peleg 1991).
   */
  private static float[] throughSmaller(byte[] pixels, ImageSize size, ImageSize smaller) {
    try (BytePointer data = new BytePointer(pixels);
        Mat bytes = new Mat(size.height(), size.width(), CV_8UC3, data);
        Mat whole = new Mat();
        Mat again = new Mat();
        Mat small = new Mat();
        Mat left = new Mat();
        Mat correction = new Mat();
        Size down = new Size(smaller.width(), smaller.height());
        Size up = new Size(size.width(), size.height())) {
      bytes.convertTo(whole, CV_32F);
      resize(whole, small, down, 0, 0, INTER_AREA);
      resize(small, again, up, 0, 0, INTER_CUBIC);
      for (int correcting = 0; correcting < CORRECTIONS; correcting++) {
        subtract(whole, again, left);
        resize(left, correction, down, 0, 0, INTER_AREA);
        add(small, correction, small);
        resize(small, again, up, 0, 0, INTER_CUBIC);
      }
      float[] numbers = new float[pixels.length];
      new FloatPointer(again.data()).capacity(numbers.length).get(numbers);
      return numbers;
    }
  }

  /** The peak signal-to-noise ratio. */
  private static double decibels(byte[] image, float[] other) {
    double squares = 0;
    for (int i = 0; i < image.length; i++) {
      double difference = (image[i] & 0xFF) - other[i];
      squares += difference * difference;
    }
    return 10 * Math.log10(WHITE * WHITE * image.length / squares);
  }
}
