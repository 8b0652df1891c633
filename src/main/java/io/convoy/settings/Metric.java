package io.convoy.settings;

/** A measure of the validation split, by which epochs are compared. */
public enum Metric {
  /** Mean squared error of the probabilities. */
  MSE("validation MSE", Better.LESS),
  /** The architecture's loss, on the labels as they are. */
  LOSS("validation loss", Better.LESS),
  /** Share of right answers, of two classes at the threshold 0.5. */
  ACCURACY("validation accuracy", Better.MORE),
  /** Area under the ROC curve, of more than two classes their mean. */
  AUC("validation AUC", Better.MORE),
  /** Pearson's r of probabilities and labels of two classes. */
  PEARSON("validation Pearson r", Better.MORE);

  private enum Better {
    LESS,
    MORE
  }

  private final String words;
  private final Better better;

  Metric(String words, Better better) {
    this.words = words;
    this.better = better;
  }

  /** How it is written in the conf. */
  public String key() {
    return Entry.word(this);
  }

  /** Its name in a sentence. */
  public String words() {
    return words;
  }

  /** Whether it is defined for so many classes. */
  public boolean isDefinedFor(int classes) {
    return switch (this) {
      case MSE, LOSS, ACCURACY, AUC -> true;
      case PEARSON -> classes == 2;
    };
  }

  /** Whether a value is better than another. */
  public boolean isBetter(double value, double than) {
    return better == Better.LESS ? value < than : value > than;
  }
}
