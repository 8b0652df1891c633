package io.convoy.settings;

/** What a network sees of an image that it predicts. */
public enum TestTimeAugmentation {
  /** The image. */
  NONE,
  /** The image and its mirror image, left to right; the prediction is the mean of both. */
  MIRROR
}
