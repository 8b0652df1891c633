package io.convoy.tracking;

import io.convoy.failure.Amount;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the server lacks.
 *
 * @param runs that it does not have
 * @param descriptions of runs that it has: their parameters and tags
 * @param measurements of all runs, each of several metrics at one time
 * @param ends of runs that it has
 * @param files of all runs
 */
record Missing(int runs, int descriptions, int measurements, int ends, int files) {
  static final Missing NOTHING = new Missing(0, 0, 0, 0, 0);

  Missing plus(Missing more) {
    return new Missing(
        runs + more.runs,
        descriptions + more.descriptions,
        measurements + more.measurements,
        ends + more.ends,
        files + more.files);
  }

  /** As in {@code 2 runs, the end of 1 run}; empty where nothing is missing. */
  String words() {
    return Stream.of(
            words(runs, "", "run"),
            words(descriptions, "the settings of ", "run"),
            words(measurements, "", "measurement"),
            words(ends, "the end of ", "run"),
            words(files, "", "file"))
        .filter(each -> !each.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String words(int number, String before, String thing) {
    return number == 0 ? "" : before + Amount.of(number, thing);
  }
}
