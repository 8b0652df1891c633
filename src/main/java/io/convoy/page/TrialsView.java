package io.convoy.page;

import io.convoy.failure.Amount;
import io.convoy.page.TableView.Cell;
import io.convoy.page.TableView.Row;
import io.convoy.report.TrialRow;
import io.convoy.search.SuccessiveHalving.State;
import io.convoy.settings.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The trials of the search that a run's architectures come from, as the template shows them.
 *
 * @param heading the run's name where there are several runs
 * @param words how many were tried, and how they were chosen
 * @param coordinates one line a trial, over all settings
 * @param plots the metric against each setting
 * @param metric its name
 * @param shown how many rows the table has, in words
 * @param table the best
 */
record TrialsView(
    List<String> heading,
    String words,
    Coordinates coordinates,
    List<Plot> plots,
    String metric,
    String shown,
    TableView table) {
  private static final int MOST_ROWS = 20;
  private static final int HEIGHT = 340;
  private static final int TOP = 50;
  private static final int BOTTOM = 280;

  /** Where lines pass an axis that they have nothing on. */
  private static final int BELOW = 305;

  private static final int FIRST_AXIS = 60;
  private static final int BETWEEN_AXES = 135;

  private static final int PLOT_LEFT = 58;
  private static final int PLOT_RIGHT = 345;
  private static final int PLOT_TOP = 15;
  private static final int PLOT_BOTTOM = 205;
  private static final double SMALLEST = 3;
  private static final double BY_RUNG = 1.2;

  /**
   * Parallel coordinates.
   *
   * @param none where lines pass an axis that they have nothing on; none where all have all
   */
  record Coordinates(
      int width, int height, List<Axis> axes, List<Line> lines, List<Integer> none) {}

  /** An upright axis. */
  record Axis(String name, int x, int top, int bottom, int label, List<Mark> marks) {}

  /** A label of an axis at its place. */
  record Mark(String x, String y, String label) {}

  /** A trial. */
  record Line(String points, String style, String words) {}

  /** The metric against one setting. */
  record Plot(
      String name,
      int left,
      int right,
      int top,
      int bottom,
      List<Mark> across,
      List<Mark> up,
      List<Point> points) {}

  /** A trial. */
  record Point(String x, String y, String r, String style, String words) {}

  /** The view of a run's trials; none where it comes from no search. */
  static Optional<TrialsView> of(RunPage run, int runs) {
    return run.experiments().trials().isEmpty()
        ? Optional.empty()
        : Optional.of(new Maker(run).view(runs));
  }

  /** How many were tried for the run, a sentence; empty where it comes from no search. */
  static Optional<String> note(RunPage run) {
    return run.experiments().trials().isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("%s has the best %d of %s of a search, chosen by the %s. The test photos were predicted by"
                    + " these alone.")
                .formatted(
                    run.name(),
                    best(run).size(),
                    Amount.of(tried(run), "trial"),
                    metric(run).words()));
  }

  private static long tried(RunPage run) {
    return run.experiments().trials().stream().mapToInt(TrialRow::trial).distinct().count();
  }

  /**
   * The names of the trials that were trained in full; not those of what they are compared with.
   */
  private static Set<String> best(RunPage run) {
    Set<String> best =
        run.experiments().trials().stream().map(TrialRow::architecture).collect(Collectors.toSet());
    List<String> shown = run.architectures().stream().map(ArchitecturePage::name).toList();
    // Behind the name of a trial that is trained several times there is the number of the repeat.
    best.removeIf(
        trial -> shown.stream().noneMatch(name -> name.matches(Pattern.quote(trial) + "(-\\d+)?")));
    return best;
  }

  private static Metric metric(RunPage run) {
    return Metric.valueOf(run.experiments().trials().get(0).metric().toUpperCase(Locale.ROOT));
  }

  /** Makes the view of one run. */
  private static final class Maker {
    private final RunPage run;
    private final Metric metric;
    private final Set<String> best;

    /** The last row with a value of each trial, the best last, so that it is drawn above others. */
    private final List<TrialRow> trials;

    Maker(RunPage run) {
      this.run = run;
      this.metric = metric(run);
      this.best = best(run);
      Map<Integer, TrialRow> last = new LinkedHashMap<>();
      run.experiments().trials().stream()
          .filter(row -> row.value() != null && row.state() != State.FAILED)
          .forEach(row -> last.put(row.trial(), row));
      this.trials = last.values().stream().sorted(this::compare).toList();
    }

    private int compare(TrialRow one, TrialRow other) {
      int byBest =
          Boolean.compare(best.contains(one.architecture()), best.contains(other.architecture()));
      int byRung = Integer.compare(one.rung(), other.rung());
      if (byBest != 0 || byRung != 0) {
        return byBest != 0 ? byBest : byRung;
      }
      return metric.isBetter(one.value(), other.value())
          ? 1
          : metric.isBetter(other.value(), one.value()) ? -1 : 0;
    }

    TrialsView view(int runs) {
      long failed =
          run.experiments().trials().stream().filter(row -> row.state() == State.FAILED).count();
      List<TrialAxis> settings = settings();
      return new TrialsView(
          runs == 1 ? List.of() : List.of(run.name()),
          "%s were tried%s; the best %d, trained in full, are compared on this page. They were chosen by the %s, and those that went further, to a higher rung, before others."
              .formatted(
                  Amount.of(tried(run), "trial"),
                  failed == 0 ? "" : ", of which %d failed".formatted(failed),
                  best.size(),
                  metric.words()),
          coordinates(settings),
          settings.stream().map(this::plot).toList(),
          metric.words().replaceFirst("^v", "V"),
          trials.size() > MOST_ROWS ? "The best %d".formatted(MOST_ROWS) : "All",
          table());
    }

    private List<TrialAxis> settings() {
      List<TrialAxis> axes = new ArrayList<>();
      if (trials.stream().map(TrialRow::base).distinct().count() > 1) {
        axes.add(TrialAxis.of("architecture", trials, TrialRow::base));
      }
      trials.stream()
          .flatMap(trial -> trial.drawn().keySet().stream())
          .distinct()
          .sorted()
          .forEach(key -> axes.add(TrialAxis.of(key, trials, trial -> trial.drawn().get(key))));
      return axes;
    }

    private TrialAxis values() {
      return TrialAxis.ofNumbers(metric.words(), trials.stream().map(TrialRow::value).toList());
    }

    private String style(TrialRow trial) {
      return best.contains(trial.architecture()) ? "best" : trial.rung() > 0 ? "further" : "first";
    }

    private String words(TrialRow trial) {
      return "%s: %s %s after %s; %s"
          .formatted(
              trial.architecture(),
              metric.words(),
              Figures.decimal(trial.value(), 4),
              Amount.of(trial.epochs(), "epoch"),
              trial.settings());
    }

    private Coordinates coordinates(List<TrialAxis> settings) {
      List<TrialAxis> all =
          Stream.concat(
                  settings.stream(),
                  Stream.of(
                      TrialAxis.of("epochs", trials, trial -> String.valueOf(trial.epochs())),
                      values()))
              .toList();
      List<Axis> axes = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        int x = FIRST_AXIS + i * BETWEEN_AXES;
        axes.add(
            new Axis(
                all.get(i).name(),
                x,
                TOP,
                BOTTOM,
                TOP - 25,
                all.get(i).ticks().stream()
                    .map(
                        tick ->
                            new Mark(number(x + 6.0), number(y(tick.share()) + 4), tick.label()))
                    .toList()));
      }
      boolean isWhole =
          all.stream().allMatch(axis -> axis.shares().stream().allMatch(Optional::isPresent));
      return new Coordinates(
          FIRST_AXIS + all.size() * BETWEEN_AXES,
          HEIGHT,
          axes,
          IntStream.range(0, trials.size())
              .mapToObj(
                  trial ->
                      new Line(
                          IntStream.range(0, all.size())
                              .mapToObj(
                                  i ->
                                      axes.get(i).x()
                                          + ","
                                          + all.get(i)
                                              .shares()
                                              .get(trial)
                                              .map(share -> number(y(share)))
                                              .orElse(String.valueOf(BELOW)))
                              .collect(Collectors.joining(" ")),
                          style(trials.get(trial)),
                          words(trials.get(trial))))
              .toList(),
          isWhole ? List.of() : List.of(BELOW));
    }

    private static double y(double share) {
      return BOTTOM - share * (BOTTOM - TOP);
    }

    private static String number(double number) {
      return String.format(Locale.ROOT, "%.1f", number);
    }

    private Plot plot(TrialAxis setting) {
      TrialAxis values = values();
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < trials.size(); i++) {
        TrialRow trial = trials.get(i);
        double y = up(values.shares().get(i).orElseThrow());
        setting
            .shares()
            .get(i)
            .ifPresent(
                share ->
                    points.add(
                        new Point(
                            number(across(share)),
                            number(y),
                            number(SMALLEST + BY_RUNG * trial.rung()),
                            style(trial),
                            words(trial))));
      }
      return new Plot(
          setting.name(),
          PLOT_LEFT,
          PLOT_RIGHT,
          PLOT_TOP,
          PLOT_BOTTOM,
          setting.ticks().stream()
              .map(t -> new Mark(number(across(t.share())), number(PLOT_BOTTOM + 20.0), t.label()))
              .toList(),
          values.ticks().stream()
              .map(t -> new Mark(number(PLOT_LEFT - 8.0), number(up(t.share()) + 4), t.label()))
              .toList(),
          points);
    }

    /** A margin keeps points off the axes. */
    private static double across(double share) {
      return PLOT_LEFT + 35 + share * (PLOT_RIGHT - PLOT_LEFT - 70);
    }

    private static double up(double share) {
      return PLOT_BOTTOM - 10 - share * (PLOT_BOTTOM - PLOT_TOP - 20);
    }

    private TableView table() {
      List<Row> rows = new ArrayList<>();
      for (int i = trials.size() - 1; i >= 0 && rows.size() < MOST_ROWS; i--) {
        TrialRow trial = trials.get(i);
        rows.add(
            Row.of(
                Cell.words(trial.architecture()),
                Cell.words(trial.settings()).with("path"),
                Cell.number(String.valueOf(trial.rung())),
                Cell.number(String.valueOf(trial.epochs())),
                Cell.number(Figures.decimal(trial.accuracy(), 3)),
                Cell.number(Figures.decimal(trial.auc(), 3)),
                Cell.number(Figures.decimal(trial.mse(), 4))));
      }
      return new TableView(
          "trials",
          List.of(
              Cell.words("Trial"),
              Cell.words("Settings"),
              Cell.number("Rung"),
              Cell.number("Epochs"),
              Cell.number("Accuracy"),
              Cell.number("AUC"),
              Cell.number("MSE")),
          rows);
    }
  }
}
