package io.convoy.averaging;

/** What workers give one another in an averaging round. */
public enum Exchange {
  /** Each trains by its own optimizer, and their parameters are averaged. */
  PARAMETERS,
  /**
   * The gradients of their minibatches, one of each, are averaged. Each worker takes the
   * optimizer's step for its share of the parameters, whose state it alone has: together they do
   * what one worker does with all their images.
   */
  GRADIENTS
}
