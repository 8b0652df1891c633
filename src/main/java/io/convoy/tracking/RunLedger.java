package io.convoy.tracking;

import io.convoy.tracking.MlflowServer.Known;
import io.convoy.tracking.TrackedRun.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the server is to have of one run, and what it has of that already. */
final class RunLedger {
  /** Some measurements, by what tells them from all others of a run. */
  private record Mark(long step, String witness) implements Comparable<Mark> {
    static Mark of(Measurements measurements) {
      return new Mark(measurements.step(), measurements.witness());
    }

    @Override
    public int compareTo(Mark other) {
      return step == other.step ? witness.compareTo(other.witness) : Long.compare(step, other.step);
    }
  }

  private final long began;
  private TrackedRun run;
  private boolean described;
  private Optional<Known> known = Optional.empty();
  private final Map<Mark, Measurements> measurements = new TreeMap<>();
  private final Set<Mark> sent = new HashSet<>();
  private final Set<String> asked = new HashSet<>();
  private boolean isResumed;
  private final Deque<TrackedFile> files = new ArrayDeque<>();

  /** Empty while it goes on. */
  private Optional<End> end = Optional.empty();

  private Optional<End> endThere = Optional.empty();
  private long ended;

  /**
   * @param began milliseconds since 1970
   */
  RunLedger(TrackedRun run, long began) {
    this.run = run;
    this.began = began;
  }

  /** It goes on after it had ended, or the same with other tags. */
  void goOn(TrackedRun again) {
    run = again;
    described = false;
    end = Optional.empty();
  }

  void end(End how, long milliseconds) {
    end = Optional.of(how);
    ended = milliseconds;
  }

  boolean hasEnded() {
    return end.isPresent();
  }

  TrackedRun run() {
    return run;
  }

  long began() {
    return began;
  }

  long ended() {
    return ended;
  }

  Optional<Known> known() {
    return known;
  }

  /** The server has made it. */
  void made(Known there) {
    known = Optional.of(there);
  }

  /** The server has it of an earlier process. */
  void resumed(Known there) {
    known = Optional.of(there);
    isResumed = true;
  }

  boolean isDescribed() {
    return described;
  }

  void described(TrackedRun sentRun) {
    described = run == sentRun;
  }

  /** Adds what the server does not have and is not about to get. */
  void measure(Measurements more) {
    Mark mark = Mark.of(more);
    if (!sent.contains(mark)) {
      measurements.put(mark, more);
    }
  }

  /** The next for the server, as many as one request takes. */
  List<Measurements> nextMeasurements() {
    List<Measurements> next = new ArrayList<>();
    int metrics = 0;
    for (Measurements each : measurements.values()) {
      metrics += each.values().size();
      if (metrics > MlflowServer.MOST_METRICS && !next.isEmpty()) {
        break;
      }
      next.add(each);
    }
    return next;
  }

  /** They are there, or are given up. */
  void done(Collection<Measurements> done) {
    for (Measurements each : done) {
      sent.add(Mark.of(each));
      measurements.remove(Mark.of(each));
    }
  }

  int waitingMeasurements() {
    return measurements.size();
  }

  /** The next metric to ask the server about, of a run that it had before. */
  Optional<String> witnessToAsk() {
    return isResumed
        ? measurements.keySet().stream()
            .map(Mark::witness)
            .filter(witness -> !asked.contains(witness))
            .findFirst()
        : Optional.empty();
  }

  /** The server has a metric at these steps, and with it all that was measured then. */
  void has(String witness, Set<Long> steps) {
    asked.add(witness);
    for (long step : steps) {
      Mark mark = new Mark(step, witness);
      sent.add(mark);
      measurements.remove(mark);
    }
  }

  void send(TrackedFile file) {
    files.add(file);
  }

  Deque<TrackedFile> files() {
    return files;
  }

  Optional<End> endToTell() {
    return end.equals(endThere) ? Optional.empty() : end;
  }

  /** It goes on, and the server has it as ended. */
  boolean goesOnUntold() {
    return end.isEmpty() && endThere.isPresent();
  }

  void toldEnd(Optional<End> there) {
    endThere = there;
  }
}
