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

/**
 * What the server is to have of one run, and what it has of that already. One thread notes the
 * first and another the second.
 */
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

  /**
   * An end.
   *
   * @param milliseconds when, since 1970
   */
  record Ended(End how, long milliseconds) {}

  private final long began;
  private TrackedRun run;
  private boolean isDescribed;
  private Optional<Known> known = Optional.empty();
  private boolean isResumed;
  private final Map<Mark, Measurements> measurements = new TreeMap<>();
  private final Set<Mark> there = new HashSet<>();
  private final Set<String> asked = new HashSet<>();
  private final Deque<TrackedFile> files = new ArrayDeque<>();

  /** Empty while the run goes on. */
  private Optional<Ended> end = Optional.empty();

  private Optional<Ended> endThere = Optional.empty();
  private Missing refused = Missing.NOTHING;

  /**
   * @param began when, in milliseconds since 1970
   */
  RunLedger(TrackedRun run, long began) {
    this.run = run;
    this.began = began;
  }

  synchronized TrackedRun run() {
    return run;
  }

  long began() {
    return began;
  }

  /** It goes on, perhaps with other tags. */
  synchronized void goOn(TrackedRun again) {
    run = again;
    isDescribed = false;
    end = Optional.empty();
  }

  /** It ends, if it has not ended already. */
  synchronized void end(End how, long milliseconds) {
    end = end.or(() -> Optional.of(new Ended(how, milliseconds)));
  }

  /** What the server calls it; empty where it does not have it. */
  synchronized Optional<Known> known() {
    return known;
  }

  /** The server has made it. */
  synchronized void made(Known now) {
    known = Optional.of(now);
  }

  /** The server has it of an earlier process. */
  synchronized void resumed(Known now) {
    known = Optional.of(now);
    isResumed = true;
  }

  synchronized boolean isDescribed() {
    return isDescribed;
  }

  /** The server has these parameters and tags. */
  synchronized void described(TrackedRun sent) {
    isDescribed = run == sent;
  }

  synchronized void descriptionRefused(TrackedRun sent) {
    refused = refused.plus(new Missing(0, 1, 0, 0, 0));
    described(sent);
  }

  /** Adds what the server does not have. */
  synchronized void measure(Measurements more) {
    Mark mark = Mark.of(more);
    if (!there.contains(mark)) {
      measurements.put(mark, more);
    }
  }

  synchronized int waitingMeasurements() {
    return measurements.size();
  }

  /** The next for the server, as many as one request takes. */
  synchronized List<Measurements> nextMeasurements() {
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

  /** The server has these. */
  synchronized void measured(Collection<Measurements> sent) {
    for (Measurements each : sent) {
      there.add(Mark.of(each));
      measurements.remove(Mark.of(each));
    }
  }

  synchronized void measurementsRefused(Collection<Measurements> sent) {
    refused = refused.plus(new Missing(0, 0, sent.size(), 0, 0));
    measured(sent);
  }

  /** The next metric to ask the server about, of a run that it had before. */
  synchronized Optional<String> witnessToAsk() {
    return isResumed
        ? measurements.keySet().stream()
            .map(Mark::witness)
            .filter(witness -> !asked.contains(witness))
            .findFirst()
        : Optional.empty();
  }

  /** The server has a metric at these steps, and with it all that was measured then. */
  synchronized void has(String witness, Set<Long> steps) {
    asked.add(witness);
    for (long step : steps) {
      Mark mark = new Mark(step, witness);
      there.add(mark);
      measurements.remove(mark);
    }
  }

  /** The end that the server does not have. */
  synchronized Optional<Ended> endToTell() {
    return end.equals(endThere) ? Optional.empty() : end;
  }

  /** Whether it goes on, and the server takes it for ended. */
  synchronized boolean goesOnUntold() {
    return end.isEmpty() && endThere.isPresent();
  }

  /** The server has this end, or none. */
  synchronized void endTold(Optional<Ended> sent) {
    endThere = sent;
  }

  synchronized void endRefused(Optional<Ended> sent) {
    refused = refused.plus(new Missing(0, 0, 0, 1, 0));
    endTold(sent);
  }

  synchronized void send(TrackedFile file) {
    files.add(file);
  }

  synchronized Optional<TrackedFile> nextFile() {
    return Optional.ofNullable(files.peek());
  }

  /** The server has the next file. */
  synchronized void fileSent() {
    files.remove();
  }

  synchronized void fileRefused() {
    refused = refused.plus(new Missing(0, 0, 0, 0, 1));
    files.remove();
  }

  /** No file is for the server. */
  synchronized void keepFiles() {
    files.clear();
  }

  synchronized Missing missing() {
    boolean isThere = known.isPresent();
    return refused.plus(
        new Missing(
            isThere ? 0 : 1,
            isThere && !isDescribed ? 1 : 0,
            measurements.size(),
            isThere && endToTell().isPresent() ? 1 : 0,
            files.size()));
  }
}
