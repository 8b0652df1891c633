package io.convoy.averaging;

/** What of the workers is averaged at the end of a round. */
public enum Extent {
  /** The parameters and running statistics; each worker keeps its optimizer's state. */
  PARAMETERS,
  /** The optimizer's state too. */
  STATE,
  /** The parameters, and the driver is given them and the state that each worker keeps. */
  SNAPSHOT,
  /** The optimizer's state too, and the driver is given all: before a checkpoint. */
  ALL
}
