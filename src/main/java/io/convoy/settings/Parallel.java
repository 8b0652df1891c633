package io.convoy.settings;

/** What the executors do side by side. */
public enum Parallel {
  /** Trainings of different networks, each by one worker that has an executor for itself. */
  TRIALS,
  /** Copies of one network, which are averaged; one network after the other. */
  AVERAGING
}
