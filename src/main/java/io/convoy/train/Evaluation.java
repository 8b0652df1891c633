package io.convoy.train;

import io.convoy.evaluate.Predictions;

/**
 * What a network says of a split, and how fast.
 *
 * @param predictions in the order of the examples' positions
 * @param secondsPerImage of one worker with its threads, in the steady state: the median over the
 *     minibatches, of at most {@value Scorer#BATCH} images, that were not the first of their size
 *     for their worker, from uint8 pixels in memory to probabilities. Where each worker had but
 *     one, it is asked once more for this. Null for an empty split.
 */
public record Evaluation(Predictions predictions, Double secondsPerImage) {}
