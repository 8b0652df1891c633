package io.convoy.modelfile;

import io.convoy.failure.UserException;
import io.convoy.settings.ClassNames;
import io.convoy.settings.TestTimeAugmentation;
import java.util.List;

/**
 * What must be known to use a trained network. It travels in the network's file, as {@code
 * convoy.json}.
 *
 * @param format version of this record, {@value #FORMAT}; those from {@value #OLDEST} on are read
 *     too: networks of the first have two classes, of the first two no test-time augmentation, of
 *     the first three no temperature
 * @param architecture name in the settings
 * @param classes in the order of their labels; of two, the network's one output is the probability
 *     of the last; of more, it has an output for each
 * @param height rows of the images that the network takes
 * @param width columns of the images
 * @param pixels what is done to a photo, {@link #PIXELS}
 * @param threshold of two classes: above which probability an image counts as the last one, the
 *     best on validation, 0 to 1; of more it means nothing
 * @param datasetContentHash of the examples it was trained on
 * @param convoyVersion version of convoy that trained it
 * @param recipe the architecture's block of the conf it was trained by, without the epochs, HOCON;
 *     null in files of earlier versions
 * @param testTimeAugmentation what the network sees of an image that it predicts
 * @param temperature that its probabilities are scaled by, above 0 and up to 100; 1 where they stay
 *     as they are
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
    String recipe,
    TestTimeAugmentation testTimeAugmentation,
    double temperature) {
  static final int FORMAT = 4;
  static final int OLDEST = 1;
  private static final int LARGEST_SIDE = 10_000;
  private static final double LARGEST_TEMPERATURE = 100;

  /** The one way in which this version makes a network's input of a photo. */
  public static final String PIXELS = "upright, squeezed to height x width, RGB, 0 to 1";

  /** Files of earlier formats say nothing of test-time augmentation, or of a temperature. */
  public ModelCard {
    if (testTimeAugmentation == null) {
      testTimeAugmentation = TestTimeAugmentation.NONE;
    }
    if (temperature == 0 && format < FORMAT) {
      temperature = 1;
    }
  }

  /** The card of a network that this version has trained. */
  public static ModelCard of(
      String architecture,
      List<String> classes,
      int height,
      int width,
      double threshold,
      String datasetContentHash,
      String convoyVersion,
      String recipe,
      TestTimeAugmentation testTimeAugmentation,
      double temperature) {
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
        recipe,
        testTimeAugmentation,
        temperature);
  }

  /**
   * Makes sure that this version can use the network.
   *
   * @param file the network's, for the message
   * @throws UserException if it cannot
   */
  void requireUsable(String file) {
    if (format < OLDEST || format > FORMAT) {
      throw new UserException(
          "%s has format %d, this convoy reads %d to %d; use the convoy that trained it.",
          file, format, OLDEST, FORMAT);
    }
    if (!PIXELS.equals(pixels)) {
      throw new UserException(
          "%s takes photos that are %s, this convoy makes them %s; use the convoy that trained it.",
          file, pixels, PIXELS);
    }
    if (architecture == null || architecture.isBlank()) {
      throw damaged(file, "architecture");
    }
    if (classes == null || !ClassNames.areFit(classes)) {
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
    if (!(temperature > 0 && temperature <= LARGEST_TEMPERATURE)) {
      throw damaged(file, "temperature");
    }
  }

  private static UserException damaged(String file, String key) {
    return new UserException("%s: %s has no usable %s; train it again.", file, ModelFile.CARD, key);
  }
}
