package io.convoy.image;

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
  /**
   * Makes sure that the numbers fit the data.
   *
   * @throws UnusableImageException if they do not
   */
  void check() throws UnusableImageException {
    if (height < 1 || width < 1) {
      throw new UnusableImageException("an image of %dx%d pixels", width, height);
    }
    if (channels != 1 && channels != 3 && channels != 4) {
      throw new UnusableImageException(
          "an image of %d channels, neither grey, nor BGR, nor BGRA", channels);
    }
    if ((long) height * width * channels != data.length) {
      throw new UnusableImageException(
          "an image of %dx%d pixels of %d bytes, in %d bytes",
          width, height, channels, data.length);
    }
  }
}
