package io.convoy.settings;

/** What a convolution does at the edges, by the names of Keras' {@code valid} and {@code same}. */
public enum Padding {
  /** The kernel stays inside the input, so the output is smaller ({@code valid}). */
  NONE,
  /** Zeros around the input, so that stride 1 keeps height and width ({@code same}). */
  SAME
}
