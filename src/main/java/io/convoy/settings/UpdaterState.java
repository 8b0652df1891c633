package io.convoy.settings;

/** What becomes of the optimizer's state (Adam's moments, momentum) at a parameter averaging. */
public enum UpdaterState {
  /** Averaged over the workers like the parameters: better training, up to thrice the traffic. */
  AVERAGED,
  /** Dropped: each worker starts anew with an empty state after each averaging. */
  RESET
}
