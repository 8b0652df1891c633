package io.convoy.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Makes small JPEG files of photos: upright, with their aspect. Thread-safe. */
public final class Thumbnails {
  private static final int QUALITY = 75;

  private final int side;
  private final ImageLimits limits;

  /**
   * @param side the longer side in pixels, at least 1; photos that are smaller stay so
   * @param limits checked before memory for the photo's pixels is taken
   */
  public Thumbnails(int side, ImageLimits limits) {
    this.side = side;
    this.limits = limits;
  }

  /**
   * Makes one.
   *
   * @param file the bytes of a JPEG, PNG, BMP or lossy WebP file
   * @return the bytes of a JPEG file
   * @throws UnusableImageException if it is no such file, too large, truncated or corrupt
   */
  public byte[] jpeg(byte[] file) throws UnusableImageException {
    ImageHeader header = ImageHeader.read(file);
    ImageSize small = new ImageSize(header.height(), header.width()).within(side);
    byte[] rgb = new PhotoDecoder(small, limits).decode(file);
    try (BytePointer pixels = new BytePointer(rgb);
        Mat image = new Mat(small.height(), small.width(), CV_8UC3, pixels);
        IntPointer settings = new IntPointer(IMWRITE_JPEG_QUALITY, QUALITY);
        BytePointer coded = new BytePointer()) {
      cvtColor(image, image, COLOR_RGB2BGR);
      imencode(".jpg", image, coded, settings);
      byte[] jpeg = new byte[(int) coded.limit()];
      coded.get(jpeg);
      return jpeg;
    }
  }
}
