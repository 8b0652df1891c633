package io.convoy.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/**
 * Tells how far a task is that goes through many images.
 *
 * <pre>{@code
 * try (Progress progress = Progress.start("prepare", 25_000)) {
 *   progress.advance(32);
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public interface Progress extends AutoCloseable {

  /** The total of a task that does not know how many images there are. */
  long UNKNOWN = -1;

  /** Tells nobody. */
  Progress NONE =
      new Progress() {
        @Override
        public void advance(long images) {}

        @Override
        public void weigh(double each, double left) {}

        @Override
        public void note(String text) {}

        @Override
        public void line(String text) {}

        @Override
        public void close() {}
      };

  /** So many more images are done. After {@link #close} it does nothing. */
  void advance(long images);

  /**
   * Where not all images take the same time: from now on, so much each. Later calls tell by {@code
   * left} of other work too that was done between images.
   *
   * @param each of the next images takes, in any unit
   * @param left all that is left, in this unit
   */
  void weigh(double each, double left);

  /** What else to tell beside the numbers, from now on, e.g. {@code "3 rejected"}. */
  void note(String text);

  /** Tells something once, in a line of its own. */
  void line(String text);

  /** Tells the final state. Closing again does nothing. */
  @Override
  void close();

  /** Starts a task that tells its progress on stderr. */
  static Progress start(String task, long totalImages) {
    return start(task, totalImages, System.err);
  }

  /**
   * Starts a task: with a bar on the stderr of a terminal, else with plain lines, at most one every
   * ten seconds and a last one.
   *
   * @param task a word or two, e.g. {@code "prepare"}
   * @param totalImages 0 or more, or {@link #UNKNOWN}
   * @param out where progress goes
   */
  static Progress start(String task, long totalImages, PrintStream out) {
    return out == System.err && System.console() != null && drawsBars(System.getenv())
        ? new BarProgress(task, totalImages, out)
        : new LineProgress(task, totalImages, out, System::nanoTime);
  }

  /**
   * Whether a terminal of this environment can redraw a line: not a dumb one, and not that of a CI
   * job, whose log keeps every redrawing.
   */
  private static boolean drawsBars(Map<String, String> environment) {
    return !environment.containsKey("CI") && !"dumb".equals(environment.get("TERM"));
  }

  /** A time as people say it: {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min}. */
  static String duration(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return seconds + " s";
  }
}
