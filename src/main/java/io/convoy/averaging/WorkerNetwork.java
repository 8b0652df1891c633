package io.convoy.averaging;

import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Natives;
import io.convoy.engine.Predictor;
import io.convoy.network.Network;
import io.convoy.network.Shape;
import io.convoy.settings.TestTimeAugmentation;
import java.util.Optional;

/**
 * A worker's network, with what trains it and what predicts with it. Both keep their memory and
 * kernels from round to round, as long as what they were made for stays the same. For one thread at
 * a time.
 */
final class WorkerNetwork implements AutoCloseable {
  private final WorkerPlan plan;
  private final Network network;

  private Optional<LocalTrainer> trainer = Optional.empty();
  private Optional<Training> training = Optional.empty();
  private Optional<Predictor> predictor = Optional.empty();
  private Optional<View> view = Optional.empty();

  /**
   * What the trainer is made for.
   *
   * @param image that it takes; an epoch may have another size than the one before
   * @param exchange of the workers
   */
  private record Training(Shape image, Exchange exchange) {}

  /** What the predictor is made for. */
  private record View(Shape image, TestTimeAugmentation testTime) {}

  WorkerNetwork(WorkerPlan plan, Network network) {
    this.plan = plan;
    this.network = network;
  }

  /** Begins a round: the network may be another one than that which was trained last. */
  void begin(int epochs, int iterations) {
    network.countEpochs(epochs);
    network.countIterations(iterations);
    trainer.ifPresent(LocalTrainer::readParameters);
  }

  /** Makes the trainer where there is none for such images and such an exchange. */
  void prepareTraining(Shape image, Exchange exchange) {
    Natives.useThreads(plan.threads());
    Training wanted = new Training(image, exchange);
    if (training.equals(Optional.of(wanted))) {
      return;
    }
    trainer.ifPresent(LocalTrainer::close);
    trainer =
        Optional.of(
            switch (exchange) {
              case PARAMETERS -> LocalTrainer.of(network, image, plan.threads(), plan.precision());
              case GRADIENTS ->
                  LocalTrainer.sharing(
                      network, image, plan.shared(), plan.threads(), plan.precision());
            });
    training = Optional.of(wanted);
  }

  /**
   * Trains the network.
   *
   * @throws IllegalStateException if it was not prepared
   */
  LocalTrainer trainer() {
    return trainer.orElseThrow(() -> new IllegalStateException("Nothing was trained yet"));
  }

  /** Predicts with the network as it is now, until it is asked for again. */
  Predictor predictor(Shape shown, TestTimeAugmentation testTime) {
    Natives.useThreads(plan.threads());
    View wanted = new View(shown, testTime);
    if (view.equals(Optional.of(wanted))) {
      predictor.orElseThrow().readParameters();
    } else {
      predictor.ifPresent(Predictor::close);
      predictor =
          Optional.of(Predictor.of(network, shown, plan.threads(), plan.precision(), testTime));
      view = Optional.of(wanted);
    }
    return predictor.get();
  }

  @Override
  public void close() {
    trainer.ifPresent(LocalTrainer::close);
    predictor.ifPresent(Predictor::close);
  }
}
