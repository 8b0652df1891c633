package io.convoy.image;

import java.awt.image.BufferedImage;

/**
 * An image that is decoded already, upright, with 8 bits a channel. Equality is that of the array's
 * identity.
 *
 * @param height rows
 * @param width columns
 * @param channels 1 for grey, 3 for BGR, 4 for BGRA, whose last, transparency, is dropped
 * @param data uint8 [height, width, channels]
 */
public record RawImage(int height, int width, int channels, byte[] data) {
  private static final int GREY = 1;
  private static final int BGR = 3;
  private static final int BGRA = 4;

  /**
   * Makes sure that the numbers fit the data.
   *
   * @throws UnusableImageException if they do not
   */
  void check() throws UnusableImageException {
    if (height < 1 || width < 1) {
      throw new UnusableImageException("an image of %dx%d pixels", width, height);
    }
    if (channels != GREY && channels != BGR && channels != BGRA) {
      throw new UnusableImageException(
          "an image of %d channels, neither grey, nor BGR, nor BGRA", channels);
    }
    if ((long) height * width * channels != data.length) {
      throw new UnusableImageException(
          "an image of %dx%d pixels of %d bytes, in %d bytes",
          width, height, channels, data.length);
    }
  }

  /**
   * The image as a file.
   *
   * @return PNG, without transparency
   * @throws UnusableImageException if the numbers do not fit the data
   */
  public byte[] png() throws UnusableImageException {
    check();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < height * width; pixel++) {
      int at = pixel * channels;
      int blue = data[at] & 0xFF;
      int green = channels == GREY ? blue : data[at + 1] & 0xFF;
      int red = channels == GREY ? blue : data[at + 2] & 0xFF;
      image.setRGB(pixel % width, pixel / width, red << 16 | green << 8 | blue);
    }
    return PngEncoder.encode(image);
  }
}
