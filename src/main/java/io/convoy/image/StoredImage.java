package io.convoy.image;

/**
 * The image as its file stores it.
 *
 * @param shape before the orientation is applied
 * @param orientation how to turn it upright
 */
record StoredImage(ImageSize shape, Orientation orientation) {
  ImageSize upright() {
    return orientation.turn(shape);
  }

  static StoredImage of(String format, int height, int width, Orientation orientation)
      throws UnusableImageException {
    if (height < 1 || width < 1) {
      throw new UnusableImageException(
          "corrupt %s: an image of %dx%d pixels", format, width, height);
    }
    return new StoredImage(new ImageSize(height, width), orientation);
  }
}
