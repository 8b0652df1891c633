package io.convoy.settings;

/**
 * What an exported network is like.
 *
 * @param normalizations what becomes of batch normalisation
 * @param outputs what it gives
 */
public record ExportSettings(BatchNormalizations normalizations, Outputs outputs) {
  /** What becomes of batch normalisation. */
  public enum BatchNormalizations {
    /** It stays a node of its own. */
    KEPT,
    /** It goes into the weights of the convolution before it, where there is one. */
    FOLDED
  }

  /** What the network gives. */
  public enum Outputs {
    /** The probability of each class. */
    PROBABILITIES,
    /** That, and what goes into the last layer. */
    PROBABILITIES_AND_FEATURES
  }
}
