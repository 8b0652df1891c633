package io.convoy.job;

import io.convoy.job.ArchitectureTraining.SoFar;
import io.convoy.report.EpochResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.Metric;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the training of a trial up to a rung has come to.
 *
 * @param metric of the search
 * @param epochs that the trial is trained
 * @param more of them by this training
 * @param kept the epoch that the trial would keep; empty where there is none
 * @param failure why it comes to nothing, in a line; empty where it does not
 */
record RungResult(
    Metric metric, int epochs, int more, Optional<EpochResult> kept, Optional<String> failure) {
  private static final Logger LOG = LoggerFactory.getLogger(RungResult.class);

  /** Of a training that begins. */
  static RungResult nothing(Metric metric) {
    return new RungResult(metric, 0, 0, Optional.empty(), Optional.empty());
  }

  /**
   * Trains, from where the trial was stopped.
   *
   * @param run where it is trained
   * @param before epochs of the rung before
   * @param until epochs of this one
   * @param metric of the search
   * @param listener is told of all so far, after each epoch
   */
  static RungResult of(
      TrainingRun run,
      Architecture architecture,
      int before,
      int until,
      Metric metric,
      Consumer<SoFar> listener) {
    AtomicInteger epochs = new AtomicInteger(before);
    try {
      ArchitectureTraining training = ArchitectureTraining.of(run, definition(run, architecture));
      TrainingNotes notes =
          training.trainTo(
              until,
              soFar -> {
                epochs.set(soFar.epochs().size());
                listener.accept(soFar);
              });
      EpochResult kept = training.epochs().best();
      return new RungResult(
          metric,
          notes.epochs().size(),
          Math.max(0, notes.epochs().size() - before),
          Optional.of(kept),
          failure(notes, kept, metric));
    } catch (Exception | OutOfMemoryError e) {
      // Spark's Scala throws checked exceptions too, which it does not declare.
      if (Trials.isOfTheRun(run, e)) {
        throw e;
      }
      LOG.error("the training of {} failed", architecture.name(), e);
      return new RungResult(
          metric,
          epochs.get(),
          Math.max(0, epochs.get() - before),
          Optional.empty(),
          Optional.of(Trials.reason(e)));
    }
  }

  /** The network of a trial. */
  static ModelDefinition definition(TrainingRun run, Architecture architecture) {
    return ModelDefinition.of(
        run.context(),
        architecture,
        run.manifest().classes().size(),
        run.manifest().height(),
        run.manifest().width(),
        run.settings().seed());
  }

  private static Optional<String> failure(TrainingNotes notes, EpochResult kept, Metric metric) {
    if (notes.hasDiverged()) {
      return Optional.of("the loss is no number after epoch " + notes.epochs().size());
    }
    return new EpochOrder(metric).value(kept) == null
        ? Optional.of("its " + metric.words() + " is not defined")
        : Optional.empty();
  }

  /** Of the metric; NaN where it comes to nothing. */
  double value() {
    return failure.isPresent() || kept.isEmpty()
        ? Double.NaN
        : new EpochOrder(metric).value(kept.get());
  }

  /** In words. */
  String words() {
    return failure
        .map(reason -> "failed, " + reason)
        .or(() -> kept.map(new EpochOrder(metric)::words))
        .orElse("");
  }
}
