package io.convoy.settings;

/** What is done to a network's probabilities, so that they can be believed. */
public enum ProbabilityCalibration {
  /** Nothing: they are what the network gives. */
  NONE,
  /** Its logits are divided by one number that is fitted on the validation split. */
  TEMPERATURE
}
