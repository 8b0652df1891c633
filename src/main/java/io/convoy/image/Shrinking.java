package io.convoy.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes smaller images of images of one size, of whose pixels each has the mean of those that it
 * covers. Holds native memory for an image and its result. For one thread at a time.
 */
public final class Shrinking implements AutoCloseable {
  static {
    setNumThreads(1);
  }

  private final BytePointer whole;
  private final BytePointer small;
  private final Mat from;
  private final Mat to;
  private final Size size;

  /**
   * @param from size of the images
   * @param to size of the results, no side above its own
   */
  public Shrinking(ImageSize from, ImageSize to) {
    this.whole = new BytePointer((long) from.height() * from.width() * Rgb.CHANNELS);
    this.small = new BytePointer((long) to.height() * to.width() * Rgb.CHANNELS);
    this.from = new Mat(from.height(), from.width(), CV_8UC3, whole);
    this.to = new Mat(to.height(), to.width(), CV_8UC3, small);
    this.size = new Size(to.width(), to.height());
  }

  /**
   * Makes a smaller image.
   *
   * @param pixels has uint8 [height, width, 3] from an offset on
   * @param offset where the image begins
   * @return the result in the same order, which the next call changes
   */
  public BytePointer apply(byte[] pixels, int offset) {
    whole.put(pixels, offset, (int) whole.capacity());
    resize(from, to, size, 0, 0, INTER_AREA);
    return small;
  }

  @Override
  public void close() {
    from.close();
    to.close();
    size.close();
    whole.close();
    small.close();
  }
}
