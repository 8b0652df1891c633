package io.convoy.sample;

import java.util.random.RandomGenerator;

/** A head: radius about 1, centre 0, x to the right, y downwards. */
interface Face {

  /**
   * @param turn how far the face looks aside, from -1 to 1
   */
  void paint(Pen pen, double turn, RandomGenerator random);
}
