package io.convoy.settings;

/**
 * What is known of the photos of a training before one is opened.
 *
 * @param images that train, at least 1
 * @param classes of them, at least 2
 */
public record TrainingPhotos(int images, int classes) {
  /** As many as the tutorial has, for what is done without photos. */
  public static final TrainingPhotos OF_THE_TUTORIAL = new TrainingPhotos(4096, 2);
}
