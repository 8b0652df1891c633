package io.convoy.modelfile;

import io.convoy.failure.UserException;
import io.convoy.settings.ClassNames;
import java.util.List;

/**
 * What must be known to use a trained network. It travels in the network's file, as {@code
 * convoy.json}.
 *
 * @param format version of this record, {@value #FORMAT}
 * @param architecture name in the settings
 * @param classes in the order of their labels; the network's output is the probability of the last
 * @param height rows of the images that the network takes
 * @param width columns of the images
 * @param pixels what is done to a photo, {@link #PIXELS}
 * @param threshold from which probability on an image counts as the last class: the best one on
 *     validation, 0 to 1
 * @param datasetContentHash of the examples it was trained on
 * @param convoyVersion version of convoy that trained it
 * @param recipe the architecture's block of the conf it was trained by, without the epochs, HOCON;
 *     null in files of earlier versions
 */
public record ModelCard(
    int format,
    String architecture,
    List<String> classes,
    int height,
    int width,
    String pixels,
    double threshold,
    String datasetContentHash,
    String convoyVersion,
    String recipe) {
  static final int FORMAT = 1;
  private static final int LARGEST_SIDE = 10_000;

  /** The one way in which this version makes a network's input of a photo. */
  public static final String PIXELS = "upright, squeezed to height x width, RGB, 0 to 1";

  /** The card of a network that this version has trained. */
  public static ModelCard of(
      String architecture,
      List<String> classes,
      int height,
      int width,
      double threshold,
      String datasetContentHash,
      String convoyVersion,
      String recipe) {
    return new ModelCard(
        FORMAT,
        architecture,
        classes,
        height,
        width,
        PIXELS,
        threshold,
        datasetContentHash,
        convoyVersion,
        recipe);
  }

  /**
   * Makes sure that this version can use the network.
   *
   * @param file the network's, for the message
   * @throws UserException if it cannot
   */
  void requireUsable(String file) {
    if (format != FORMAT) {
      throw new UserException(
          "%s has format %d, this convoy reads %d; use the convoy that trained it.",
          file, format, FORMAT);
    }
    if (!PIXELS.equals(pixels)) {
      throw new UserException(
          "%s takes photos that are %s, this convoy makes them %s; use the convoy that trained it.",
          file, pixels, PIXELS);
    }
    if (architecture == null || architecture.isBlank()) {
      throw damaged(file, "architecture");
    }
    if (classes == null || !ClassNames.areTwo(classes)) {
      throw damaged(file, "classes");
    }
    if (height < 1 || height > LARGEST_SIDE) {
      throw damaged(file, "height");
    }
    if (width < 1 || width > LARGEST_SIDE) {
      throw damaged(file, "width");
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw damaged(file, "threshold");
    }
  }

  private static UserException damaged(String file, String key) {
    return new UserException("%s: %s has no usable %s; train it again.", file, ModelFile.CARD, key);
  }
}
