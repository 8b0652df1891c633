package io.convoy.settings;

/** What training minimises, between the sigmoid output and the label 0 or 1. */
public enum Loss {
  MSE,
  CROSS_ENTROPY
}
