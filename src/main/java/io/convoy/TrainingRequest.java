package io.convoy;

import io.convoy.cli.Command.Existing;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a run: architectures that are trained, and measured on the same photos.
 *
 * @param <R> the kind of request
 */
public abstract sealed class TrainingRequest<R extends TrainingRequest<R>> extends Request<R>
    permits TrainRequest, RunRequest {
  private final Optional<String> from;

  TrainingRequest(Order order, Optional<String> from) {
    super(order);
    this.from = from;
  }

  final Optional<String> from() {
    return from;
  }

  @Override
  final R with(Order changed) {
    return with(changed, from);
  }

  /** The same request with another order and beginning. */
  abstract R with(Order changed, Optional<String> model);

  /** Trains these architectures of the settings alone, in their order there. */
  public final R architectures(String... names) {
    return with(order().with(order().settings().withArchitectures(List.of(names))));
  }

  /**
   * Trains every architecture for so many epochs, instead of its own number.
   *
   * @param number 1 or more
   * @throws IllegalArgumentException if it is less
   */
  public final R epochs(int number) {
    if (number < 1) {
      throw new IllegalArgumentException(number + " epochs train nothing");
    }
    return with(order().with(order().settings().withEpochs(number)));
  }

  /**
   * Goes on with a trained model instead of a new network.
   *
   * @param model {@code RUN/models/NAME} for the last of an architecture, or a file in it
   */
  public final R from(String model) {
    return with(order(), Optional.of(model));
  }

  /** Goes on with the same run where it was stopped, and does nothing where it is finished. */
  public final R resume() {
    return with(order().with(Existing.RESUME));
  }
}
