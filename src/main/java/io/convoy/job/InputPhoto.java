package io.convoy.job;

import io.convoy.failure.UserException;
import io.convoy.filters.RgbImage;
import io.convoy.image.ImageHeader;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.image.UnusableImageException;
import io.convoy.settings.ImageSettings;
import io.convoy.storage.Storage;

/** One photo that the user names. */
final class InputPhoto {
  private final Storage place;
  private final byte[] file;
  private final ImageSize shape;
  private final ImageLimits limits;

  private InputPhoto(Storage place, byte[] file, ImageSize shape, ImageLimits limits) {
    this.place = place;
    this.file = file;
    this.shape = shape;
    this.limits = limits;
  }

  /**
   * Reads the file and its header.
   *
   * @param place of the file
   * @param option that named it, for messages
   * @param limits what it may cost
   * @throws UserException if it is not there, too large, or no image
   */
  static InputPhoto open(Storage place, String option, ImageSettings limits) {
    if (!place.exists()) {
      throw new UserException("%s: there is no such photo; check %s.", place, option);
    }
    if (place.isFolder()) {
      throw new UserException("%s is a folder; give one photo in it as %s.", place, option);
    }
    if (place.length() > limits.maxFileBytes()) {
      throw new UserException(
          "%s cannot be used: %,d bytes, more than the limit of %,d; give a smaller photo.",
          place, place.length(), limits.maxFileBytes());
    }
    byte[] file = place.read();
    try {
      ImageHeader header = ImageHeader.read(file);
      ImageSize shape = new ImageSize(header.height(), header.width());
      return new InputPhoto(place, file, shape, new ImageLimits(limits.maxPixels()));
    } catch (UnusableImageException e) {
      throw unusable(place, e);
    }
  }

  private static UserException unusable(Storage place, UnusableImageException e) {
    return new UserException(
        "%s cannot be used: %s; give a whole JPEG, PNG, BMP or lossy WebP file.",
        place, e.getMessage());
  }

  /** The name of the file. */
  String name() {
    return place.name();
  }

  /** The size of the photo when it is upright, in pixels. */
  ImageSize shape() {
    return shape;
  }

  /**
   * The pixels of the photo in a size.
   *
   * @return uint8 [height, width, 3], RGB
   * @throws UserException if they cannot be decoded
   */
  byte[] pixels(ImageSize size) {
    try {
      return new PhotoDecoder(size, limits).decode(file);
    } catch (UnusableImageException e) {
      throw unusable(place, e);
    }
  }

  /** The photo in a size, for drawing. */
  RgbImage photo(ImageSize size) {
    return RgbImage.of(size.height(), size.width(), pixels(size));
  }

  /** The place of the file. */
  @Override
  public String toString() {
    return place.toString();
  }
}
