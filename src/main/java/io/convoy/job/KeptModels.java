package io.convoy.job;

import io.convoy.dataset.Manifest;
import io.convoy.evaluate.ThresholdRow;
import io.convoy.model.Network;
import io.convoy.report.EpochResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.SavedRecipe;
import io.convoy.train.Model;
import io.convoy.train.ModelCard;

/**
 * The models that a run keeps of one architecture: of the best epoch so far, and of the last.
 *
 * @param run they are in
 * @param architecture that is trained
 * @param manifest of the data set that is trained on
 * @param version of convoy
 */
record KeptModels(RunFolder run, Architecture architecture, Manifest manifest, String version) {
  /** The threshold where there is no validation split to choose one on. */
  private static final double EVEN = 0.5;

  /**
   * Keeps the best; without the optimizer's state, for predicting.
   *
   * @param network as it is after the epoch
   */
  void keepBest(Network network, EpochResult epoch) {
    best().write(card(epoch), network, Model.Updater.LEFT_OUT);
  }

  /**
   * Keeps the last, for training on.
   *
   * @param network as it is after the epoch
   */
  void keepLast(Network network, EpochResult epoch) {
    new Model(run.model(architecture.name(), Model.LAST))
        .write(card(epoch), network, Model.Updater.KEPT);
  }

  /** The best, of a network with the same layers. */
  Model best() {
    return new Model(run.model(architecture.name(), Model.BEST));
  }

  private ModelCard card(EpochResult epoch) {
    return ModelCard.of(
        architecture.name(),
        manifest.classes(),
        manifest.height(),
        manifest.width(),
        epoch.atBest().map(ThresholdRow::threshold).orElse(EVEN),
        manifest.contentHash(),
        version,
        SavedRecipe.of(architecture).hocon());
  }
}
