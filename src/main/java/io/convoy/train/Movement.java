package io.convoy.train;

/**
 * What a round did to the parameters that are learned.
 *
 * @param updateNorm Euclidean distance of the workers' mean from the parameters before the round
 * @param spread root mean square distance of the workers from their mean, weighted by their
 *     examples, relative to {@code updateNorm}: 0 where they agree, and above 1 where they moved
 *     further apart than together; not a number where nothing moved
 */
record Movement(double updateNorm, double spread) {}
