package io.convoy.image;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Moves the pixels of images of one shape by affine maps, interpolating linearly; what would come
 * from outside is mirrored from inside. Holds native memory for two images. For one thread at a
 * time.
 */
public final class AffineWarp implements AutoCloseable {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;

  static {
    setNumThreads(1);
  }

  private final int bytes;
  private final BytePointer before;
  private final BytePointer after;
  private final DoublePointer numbers;
  private final Mat from;
  private final Mat to;
  private final Mat map;
  private final Size size;
  private final Scalar black = new Scalar(0);

  /**
   * @param shape of the images
   */
  public AffineWarp(ImageSize shape) {
    this.bytes = shape.height() * shape.width() * Rgb.CHANNELS;
    this.before = new BytePointer(bytes);
    this.after = new BytePointer(bytes);
    this.numbers = new DoublePointer(ROWS * COLUMNS);
    this.from = new Mat(shape.height(), shape.width(), CV_8UC3, before);
    this.to = new Mat(shape.height(), shape.width(), CV_8UC3, after);
    this.map = new Mat(ROWS, COLUMNS, CV_64FC1, numbers);
    this.size = new Size(shape.width(), shape.height());
  }

  /**
   * Moves an image's pixels, in place.
   *
   * @param pixels has uint8 [height, width, 3] from an offset on
   * @param offset where the image begins
   * @param inverse from where each pixel comes, row by row: its column is {@code m[0] * x + m[1] *
   *     y + m[2]} and its row {@code m[3] * x + m[4] * y + m[5]}, of pixel centres
   */
  public void apply(byte[] pixels, int offset, double[] inverse) {
    before.put(pixels, offset, bytes);
    numbers.put(inverse);
    warpAffine(from, to, map, size, INTER_LINEAR | WARP_INVERSE_MAP, BORDER_REFLECT_101, black);
    after.get(pixels, offset, bytes);
  }

  @Override
  public void close() {
    from.close();
    to.close();
    map.close();
    size.close();
    black.close();
    before.close();
    after.close();
    numbers.close();
  }
}
