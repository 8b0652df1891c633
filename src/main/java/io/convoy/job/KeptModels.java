package io.convoy.job;

import io.convoy.dataset.Manifest;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.modelfile.Snapshot;
import io.convoy.network.Network;
import io.convoy.report.EpochResult;
import io.convoy.settings.Architecture;
import io.convoy.settings.SavedRecipe;

/**
 * The models that a run keeps of one architecture: of the best epoch so far, and of the last.
 *
 * @param run that they are of
 * @param architecture that is trained
 * @param manifest of the data set that is trained on
 * @param version of convoy
 */
record KeptModels(RunFiles run, Architecture architecture, Manifest manifest, String version) {
  /**
   * Keeps the best; without the optimizer's state, for predicting.
   *
   * @param network as it was after the epoch
   */
  void keepBest(Snapshot network, EpochResult epoch) {
    best().write(card(epoch), network);
  }

  /**
   * Keeps the last, for training on.
   *
   * @param network as it is after the epoch
   */
  void keepLast(Network network, EpochResult epoch) {
    new ModelFile(run.lastModel(architecture.name()))
        .write(card(epoch), network, ModelFile.Updater.KEPT);
  }

  /** The best, of a network with the same layers. */
  ModelFile best() {
    return new ModelFile(run.bestModel(architecture.name()));
  }

  private ModelCard card(EpochResult epoch) {
    return ModelCard.of(
        architecture.name(),
        manifest.classes(),
        manifest.height(),
        manifest.width(),
        epoch.threshold(),
        manifest.contentHash(),
        version,
        SavedRecipe.of(architecture, run.folder().toString()).hocon(),
        architecture.recipe().testTime(),
        epoch.temperature());
  }
}
