package io.convoy.settings;

/** What a pooling layer keeps of each window. */
public enum PoolingKind {
  MAX,
  AVERAGE
}
