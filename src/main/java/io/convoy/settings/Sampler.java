package io.convoy.settings;

/** How the trials of a search are spread over its space. */
public enum Sampler {
  /** Each is drawn by itself. */
  RANDOM,
  /** Sobol's sequence, which leaves no part of the space without a trial for long. */
  SOBOL,
  /** Halton's sequence, another one. */
  HALTON
}
