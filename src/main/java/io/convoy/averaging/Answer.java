package io.convoy.averaging;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;

/**
 * What a task says of a resident worker.
 *
 * @param place the process that the task ran in
 * @param found the answer; none where the worker is not there, or not at this round
 */
record Answer<T extends Serializable>(BlockManagerId place, List<T> found) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  Answer {
    found = List.copyOf(found);
  }

  /** From this process. */
  static <T extends Serializable> Answer<T> here(Optional<T> found) {
    return new Answer<>(SparkEnv.get().blockManager().blockManagerId(), found.stream().toList());
  }

  boolean isThere() {
    return !found.isEmpty();
  }
}
