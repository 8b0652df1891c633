package io.convoy.averaging;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workers that live in this process from round to round. A process has one such list: Spark
 * lets nothing outlive a task that it may not drop for want of memory, broadcasts neither.
 */
final class Residents {
  private static final Residents HERE = new Residents();

  private final Map<Key, ResidentWorker> workers = new ConcurrentHashMap<>();

  private Residents() {}

  static Residents here() {
    return HERE;
  }

  /**
   * Which worker.
   *
   * @param run a name of the training that no other has
   * @param generation of the run's workers: all of them begin anew where one was lost
   * @param worker from 0
   */
  record Key(String run, int generation, int worker) implements Serializable {
    private static final long serialVersionUID = 1L;

    private boolean replaces(Key other) {
      return run.equals(other.run) && generation > other.generation;
    }
  }

  Optional<ResidentWorker> find(Key key) {
    return Optional.ofNullable(workers.get(key));
  }

  /** Keeps a worker, and no more its run's workers of generations before. */
  void keep(Key key, ResidentWorker worker) {
    workers.keySet().stream().filter(key::replaces).forEach(this::end);
    end(key);
    workers.put(key, worker);
  }

  /**
   * Ends a run's workers of this process.
   *
   * @param last the last generation of which they are ended
   */
  void end(String run, int last) {
    workers.keySet().stream()
        .filter(key -> key.run.equals(run) && key.generation <= last)
        .forEach(this::end);
  }

  private void end(Key key) {
    Optional.ofNullable(workers.remove(key)).ifPresent(ResidentWorker::close);
  }
}
