package io.convoy.settings;

/** A measure of the validation split, by which epochs are compared. */
public enum Metric {
  /** Mean squared error of the probabilities; less is better. */
  MSE,
  /** The architecture's loss, on the labels as they are; less is better. */
  LOSS,
  /** Share of right answers at the threshold 0.5; more is better. */
  ACCURACY,
  /** Area under the ROC curve; more is better. */
  AUC,
  /** Pearson's r of probabilities and labels; more is better. */
  PEARSON
}
