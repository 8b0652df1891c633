package io.convoy.spark;

import io.convoy.spark.ExecutorPoll.Executor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gives each of several trainings an executor for itself, as far as there are enough; those that
 * begin when all are taken share. One whose executor is lost gets another.
 */
public final class ExecutorSeats {
  private final Supplier<List<Executor>> alive;
  private final List<Seat> taken = new ArrayList<>();

  /**
   * @param alive the executors that are there now
   */
  public ExecutorSeats(Supplier<List<Executor>> alive) {
    this.alive = alive;
  }

  /** For a training that begins. */
  public synchronized Seat take() {
    Seat seat = new Seat();
    taken.add(seat);
    return seat;
  }

  private long taken(Executor executor) {
    return taken.stream().filter(seat -> executor.id().equals(seat.executor)).count();
  }

  private synchronized List<Executor> executor(Seat seat) {
    List<Executor> all = alive.get();
    boolean stays =
        all.stream()
            .anyMatch(
                each -> each.id().equals(seat.executor) && (taken(each) == 1 || !isFree(all)));
    if (!stays) {
      seat.executor = null;
      all.stream()
          .min(Comparator.comparingLong(this::taken))
          .ifPresent(executor -> seat.executor = executor.id());
    }
    return all.stream().filter(each -> each.id().equals(seat.executor)).toList();
  }

  private boolean isFree(List<Executor> all) {
    return all.stream().anyMatch(each -> taken(each) == 0);
  }

  private synchronized void leave(Seat seat) {
    taken.remove(seat);
  }

  /** What a training holds of an executor. */
  public final class Seat implements Supplier<List<Executor>>, AutoCloseable {
    /** Its id; null before it is asked for, and while there is none. */
    private String executor;

    private Seat() {}

    /**
     * The executor now: the one of before, unless that is lost, or is shared while another has
     * nothing to do. None where there is no executor.
     */
    @Override
    public List<Executor> get() {
      return executor(this);
    }

    /** Gives it free. */
    @Override
    public void close() {
      leave(this);
    }
  }
}
