package io.convoy.spark;

import java.util.HashMap;
import java.util.Map;

/**
 * What each task has counted so far. Heartbeats and the ends of tasks come in any order, a
 * heartbeat also after the end that it was sent before: a task's count never falls, so that nothing
 * counts twice.
 */
final class TaskCounts {
  private final Map<Long, Long> counts = new HashMap<>();

  /** A running task, or one that succeeded, has counted this much. */
  void counted(long task, long count) {
    counts.merge(task, count, Math::max);
  }

  /** What a task counted is void: it will be run again. */
  void failed(long task) {
    counts.put(task, 0L);
  }

  /** All tasks together. */
  long total() {
    return counts.values().stream().mapToLong(count -> count).sum();
  }
}
