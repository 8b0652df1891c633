package io.convoy.image;

/**
 * Decodes photo files to pixels of one shape: upright (EXIF orientation applied), RGB (grey is
 * expanded, CMYK converted, transparency dropped, 16 bits cut to 8), squeezed to the shape without
 * regard to the aspect. Shrinking averages areas, enlarging interpolates linearly.
 *
 * <p>Of CMYK, the polarity of Adobe's files is assumed (0 is full ink), as browsers do. OpenCV is
 * set to one thread for the whole process, as Spark's tasks are the parallelism. Thread-safe.
 */
public final class PhotoDecoder {
  private final ImageSize target;
  private final ImageLimits limits;
  private final PixelReader pixels = new PixelReader();

  /**
   * @param target the shape of all results
   * @param limits checked against the file's header, before memory for its pixels is taken
   */
  public PhotoDecoder(ImageSize target, ImageLimits limits) {
    this.target = target;
    this.limits = limits;
  }

  /**
   * Whether a file that was decoded lacks its end marker, and nothing else.
   *
   * @param file the bytes of a file that {@link #decode} has taken
   */
  public static boolean lacksEnd(byte[] file) {
    return Signature.at(file, 0, 0xFF, 0xD8) && !Jpeg.hasEnd(file);
  }

  /**
   * @param file the bytes of a JPEG, PNG, BMP or lossy WebP file
   * @return height * width * 3 bytes, uint8, row by row, RGB
   * @throws UnusableImageException if it is no such file, too large, truncated or corrupt
   */
  public byte[] decode(byte[] file) throws UnusableImageException {
    ImageFile header = ImageFile.read(file);
    limits.check(header.image().shape());
    return pixels.read(header.strip(file), header, target);
  }

  /**
   * Squeezes an image that is decoded already, as {@link #decode} does after decoding.
   *
   * @return height * width * 3 bytes, uint8, row by row, RGB
   * @throws UnusableImageException if it is too large, or its numbers do not fit its data
   */
  public byte[] squeeze(RawImage image) throws UnusableImageException {
    image.check();
    limits.check(new ImageSize(image.height(), image.width()));
    return pixels.read(image, target);
  }
}
