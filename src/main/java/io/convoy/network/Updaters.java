package io.convoy.network;

import io.convoy.settings.Optimizer;
import java.util.Optional;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's updaters for the optimizers of the settings, and back. */
public final class Updaters implements Optimizer.Cases<IUpdater> {
  private Updaters() {}

  /** DL4J's updater. */
  public static IUpdater of(Optimizer optimizer) {
    return optimizer.match(new Updaters());
  }

  @Override
  public IUpdater adam(Optimizer.Adam adam) {
    return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
  }

  @Override
  public IUpdater nesterov(Optimizer.Nesterov nesterov) {
    return new Nesterovs(nesterov.learningRate(), nesterov.momentum());
  }

  @Override
  public IUpdater sgd(Optimizer.Sgd sgd) {
    return new Sgd(sgd.learningRate());
  }

  /** The optimizer of an updater, which any network may have; empty for one of no settings. */
  public static Optional<Optimizer> optimizer(IUpdater updater) {
    if (updater instanceof Adam adam) {
      return Optional.of(
          new Optimizer.Adam(
              adam.getLearningRate(), adam.getBeta1(), adam.getBeta2(), adam.getEpsilon()));
    }
    if (updater instanceof Nesterovs nesterov) {
      return Optional.of(
          new Optimizer.Nesterov(nesterov.getLearningRate(), nesterov.getMomentum()));
    }
    return updater instanceof Sgd sgd
        ? Optional.of(new Optimizer.Sgd(sgd.getLearningRate()))
        : Optional.empty();
  }
}
