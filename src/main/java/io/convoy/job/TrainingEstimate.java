package io.convoy.job;

import io.convoy.dataset.Manifest;
import io.convoy.failure.Amount;
import io.convoy.plan.Makespan;
import io.convoy.progress.Progress;
import io.convoy.settings.Architecture;
import io.convoy.train.StepSeconds;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run is about to train, and about how long that takes: a minibatch of each network is timed
 * on an executor, and an averaging taken to cost what it did elsewhere. Tables are left out.
 */
record TrainingEstimate(TrainingRun run) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingEstimate.class);

  /** What a round averages of a network in a second, by the rounds that were measured. */
  private static final double ROUND_BYTES_PER_SECOND = 170e6;

  /** The last round of an epoch averages Adam's two moments as well. */
  private static final int STATE_OVER_PARAMETERS = 2;

  /** What each takes, in seconds, by the architecture's name. */
  Map<String, Double> measured(List<ModelDefinition> definitions) {
    return measured(definitions, definition -> Optional.of(seconds(definition)));
  }

  /** The same of trials, of which one that fails does not end the others: it is left out. */
  Map<String, Double> measuredOfTrials(List<ModelDefinition> definitions) {
    return measured(
        definitions,
        definition -> {
          try {
            return Optional.of(seconds(definition));
          } catch (Exception | OutOfMemoryError e) {
            // Spark's Scala throws checked exceptions too, which it does not declare.
            if (Trials.isOfTheRun(run, e)) {
              throw e;
            }
            LOG.error("{} could not be timed", definition.architecture().name(), e);
            return Optional.empty();
          }
        });
  }

  private static Map<String, Double> measured(
      List<ModelDefinition> definitions, Function<ModelDefinition, Optional<Double>> measure) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (List<ModelDefinition> same : repeats(definitions)) {
      measure
          .apply(same.get(0))
          .ifPresent(
              each ->
                  same.forEach(definition -> seconds.put(definition.architecture().name(), each)));
    }
    return seconds;
  }

  /** The trainings of one architecture, which take the same time. */
  private static Collection<List<ModelDefinition>> repeats(List<ModelDefinition> definitions) {
    return definitions.stream()
        .collect(
            Collectors.groupingBy(
                TrainingEstimate::repeated, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private static String repeated(ModelDefinition definition) {
    Architecture architecture = definition.architecture();
    return architecture.recipe().repeat().repeated().orElse(architecture.name());
  }

  /**
   * In one line, such as {@code conv24 (8,637,473 parameters, 5 epochs, about 40 s each of 3
   * times)}.
   *
   * @param seconds that were measured
   * @param atOnce trainings side by side
   */
  static String words(List<ModelDefinition> definitions, Map<String, Double> seconds, int atOnce) {
    String each =
        repeats(definitions).stream()
            .map(
                same ->
                    "%s (%s, %s%s)"
                        .formatted(
                            repeated(same.get(0)),
                            size(same.get(0)),
                            Optional.ofNullable(seconds.get(same.get(0).architecture().name()))
                                .map(known -> "about " + words(known))
                                .orElse("no step of it could be timed"),
                            same.size() == 1 ? "" : " each of " + same.size() + " times"))
            .collect(Collectors.joining(", "));
    return definitions.size() == 1
        ? each
        : each + "; about " + words(new Makespan(atOnce).of(seconds.values())) + " in all";
  }

  private static String size(ModelDefinition definition) {
    int epochs = definition.architecture().epochs();
    return String.format(
        Locale.ROOT, "%,d parameters, %s", definition.parameters(), Amount.of(epochs, "epoch"));
  }

  private double seconds(ModelDefinition definition) {
    Architecture architecture = definition.architecture();
    int batch = run.batch(architecture);
    Manifest manifest = run.manifest();
    int workers = run.workers().count();
    double step =
        StepSeconds.measure(
            run.spark(),
            architecture.name(),
            definition.configuration(),
            manifest.classes().size(),
            manifest.height(),
            manifest.width(),
            batch,
            run.workers().threads(),
            run.precision(definition));
    return step / batch / workers * TrainingWork.of(run, architecture).all()
        + averagings(architecture) * definition.parameters() * Float.BYTES / ROUND_BYTES_PER_SECOND;
  }

  /** As many averagings of the parameters take as long; one worker alone has none. */
  private double averagings(Architecture architecture) {
    int workers = run.workers().count();
    int rounds = run.workload(architecture).rounds(workers, run.settings().usualFrequency());
    return workers == 1 ? 0 : (double) architecture.epochs() * (rounds + STATE_OVER_PARAMETERS);
  }

  private static String words(double seconds) {
    return Progress.duration(Math.max(1, Math.round(seconds)));
  }
}
