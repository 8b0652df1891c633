package io.convoy.progress;

import java.util.OptionalLong;

/**
 * How much of a task is done and left, in any unit that goes with its time. Any thread may call it.
 */
final class Work {
  private double each = 1;
  private boolean isWeighed;
  private double done;
  private double left;

  /** Of images that all take the same time. */
  Work(long images) {
    this.left = images;
  }

  /** See {@link Progress#weigh}. */
  synchronized void weigh(double each, double left) {
    if (isWeighed) {
      done += Math.max(0, this.left - left);
    }
    isWeighed = true;
    this.each = each;
    this.left = left;
  }

  synchronized void advance(long images) {
    done += images * each;
    left -= images * each;
  }

  /** The share that is done, 0 to 1. */
  synchronized double share() {
    return done <= 0 ? 0 : done / (done + Math.max(0, left));
  }

  /**
   * The seconds that are left, at the pace of what is done.
   *
   * @param seconds that it took
   * @return empty where nothing is done, or nothing left
   */
  synchronized OptionalLong secondsLeft(double seconds) {
    return done <= 0 || left <= 0
        ? OptionalLong.empty()
        : OptionalLong.of((long) Math.ceil(seconds * left / done));
  }
}
