package io.convoy.page;

import io.convoy.evaluate.RepeatedMetric;
import io.convoy.page.RunPage.RepeatedTrainings;
import io.convoy.page.TableView.Cell;
import io.convoy.page.TableView.Row;
import io.convoy.report.RepeatTable.Repeated;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The means over a run's repeated trainings, as the template shows them.
 *
 * @param heading the run's name where there are several runs
 */
record RepeatsView(List<String> heading, TableView table) {

  /** The view of a run's repeats; none where it has none. */
  static Optional<RepeatsView> of(RunPage run, int runs) {
    return run.experiments().repeats().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RepeatsView(
                runs == 1 ? List.of() : List.of(run.name()),
                new TableView(
                    "",
                    Stream.concat(
                            Stream.of("architecture", "split", "metric").map(Cell::words),
                            Stream.of("repeats", "mean", "spread", "95 % interval", "each")
                                .map(Cell::number))
                        .toList(),
                    run.experiments().repeats().stream().map(RepeatsView::row).toList())));
  }

  private static Row row(RepeatedTrainings trainings) {
    Repeated repeated = trainings.mean();
    RepeatedMetric metric = repeated.metric();
    return Row.of(
        Cell.words(repeated.architecture()),
        Cell.words(repeated.split()),
        Cell.words(metric.name().replace('_', '-')),
        Cell.number(Integer.toString(metric.repeats())),
        Cell.number(figure(metric.mean().value())),
        Cell.number(figure(metric.spread())),
        Cell.number(figure(metric.mean().low()) + " to " + figure(metric.mean().high())),
        Cell.number(
            trainings.each().stream()
                .map(value -> value.isNaN() ? Figures.NONE : Figures.decimal(value, 3))
                .collect(Collectors.joining(" "))));
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
