package io.convoy.settings;

/**
 * What is known of the photos of a training before they are decoded.
 *
 * @param images that train, at least 1
 * @param classes of them, at least 2
 * @param height that shows what they show, upright, the median in pixels: theirs, or less where
 *     they were enlarged
 * @param width likewise
 */
public record TrainingPhotos(int images, int classes, int height, int width) {
  /** The tutorial's, for what is done without photos. */
  public static final TrainingPhotos OF_THE_TUTORIAL = new TrainingPhotos(4096, 2, 375, 500);

  /** Other numbers of photos of the same size. */
  public TrainingPhotos of(int otherImages, int otherClasses) {
    return new TrainingPhotos(otherImages, otherClasses, height, width);
  }

  /** As many photos of another size. */
  public TrainingPhotos ofSize(int otherHeight, int otherWidth) {
    return new TrainingPhotos(images, classes, otherHeight, otherWidth);
  }
}
