package io.convoy.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * How many images are done of each part of a work. A part may be done by several tasks: again,
 * where an executor is lost or a task fails, or side by side, where Spark speculates. What they
 * count is not added up: of each part the most that one task has counted is what is done of it.
 */
final class PartCounts extends AccumulatorV2<PartCounts.Count, PartCounts.Counts> {
  private static final long serialVersionUID = 1L;

  /**
   * Null where it has not arrived: Spark asks a counter whether it is zero while it is still being
   * read, from the thread of the executor's heartbeats, which an exception would end (SPARK-59451).
   * Plain once Spark registers counters that have been read.
   */
  private volatile Counts counts;

  PartCounts() {
    this(new Counts());
  }

  PartCounts(Counts counts) {
    this.counts = counts;
  }

  /**
   * Images that a task has done since it counted last.
   *
   * @param part of the work, any number that is its own
   */
  record Count(long part, long images) {}

  /** The images of each part. Its words are their sum alone: Spark keeps them for each task. */
  static final class Counts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Map<Long, Long> images = new ConcurrentHashMap<>();

    /** Takes over what others have counted. */
    void mergeMost(Counts others) {
      others.images.forEach((part, count) -> images.merge(part, count, Math::max));
    }

    /** Takes over what is counted of a part. */
    void mergeMost(Count count) {
      images.merge(count.part(), count.images(), Math::max);
    }

    /** All parts together. */
    long total() {
      return images.values().stream().mapToLong(count -> count).sum();
    }

    @Override
    public String toString() {
      return Long.toString(total());
    }
  }

  @Override
  public void add(Count count) {
    counts.images.merge(count.part(), count.images(), Long::sum);
  }

  @Override
  public void merge(AccumulatorV2<Count, Counts> other) {
    counts.mergeMost(other.value());
  }

  @Override
  public Counts value() {
    return counts;
  }

  @Override
  public boolean isZero() {
    Counts arrived = counts;
    return arrived == null || arrived.images.isEmpty();
  }

  @Override
  public AccumulatorV2<Count, Counts> copy() {
    PartCounts copy = new PartCounts();
    copy.counts.mergeMost(counts);
    return copy;
  }

  @Override
  public void reset() {
    counts.images.clear();
  }
}
