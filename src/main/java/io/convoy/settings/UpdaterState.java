package io.convoy.settings;

/** When the optimizer's state (Adam's moments, momentum) is averaged over the workers. */
public enum UpdaterState {
  /** At each averaging, as the parameters are: up to thrice the traffic. */
  AVERAGED,
  /** At checkpoints and at the end of each epoch: each worker keeps its own until then. */
  KEPT
}
