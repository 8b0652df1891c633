package io.convoy.settings;

/** What a network sees of an image that it predicts. */
public enum TestTimeAugmentation {
  /** The image. */
  NONE,
  /** The image and its mirror image, left to right; the prediction is the mean of both. */
  MIRROR,
  /**
   * The image and the mirror image of its middle, enlarged to the whole: the mean of both too. A
   * network that is trained with enlarged parts knows objects in that size.
   */
  MIRROR_CROP;

  /** How often the network passes over an image. */
  public int passes() {
    return switch (this) {
      case NONE -> 1;
      case MIRROR, MIRROR_CROP -> 2;
    };
  }

  /** The sides of the middle that is enlarged, as a share of the image's. */
  public static final double CROP = 0.8;
}
