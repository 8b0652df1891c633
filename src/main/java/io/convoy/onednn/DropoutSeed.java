package io.convoy.onednn;

import java.util.SplittableRandom;

/**
 * Where draws of dropout begin: a seed for each iteration, worker, layer and part of a minibatch,
 * all apart from one another, however many of each there are.
 */
public record DropoutSeed(long value) {
  /** The seed of one of the things that this one stands for, such as the worker of that number. */
  public DropoutSeed of(long number) {
    // The first draw mixes all bits, so that numbers of the next level never meet those of this.
    return new DropoutSeed(random().nextLong() + number);
  }

  /** Draws from here. */
  public SplittableRandom random() {
    return new SplittableRandom(value);
  }
}
