package io.convoy.averaging;

/** A master of DL4J's that trains one round at a time, and is told more of it than DL4J knows. */
interface RoundMaster {
  /** Says what the next round is to be. */
  void expect(RoundSpec next);

  /** What came of the last round. */
  Outcome outcome();
}
