package io.convoy.onednn;

import java.util.List;

/**
 * Stages one behind the other.
 *
 * @param stages first to last
 * @param parts of a minibatch
 */
record Chain(List<Stage> stages, int parts) {

  void readParameters() {
    stages.forEach(Stage::readParameters);
  }

  void forward(long seed) {
    for (int part = 0; part < parts; part++) {
      for (Stage stage : stages) {
        stage.forward(part, seed);
      }
    }
  }

  void backward() {
    for (int part = 0; part < parts; part++) {
      for (int stage = stages.size() - 1; stage >= 0; stage--) {
        stages.get(stage).backward(part);
      }
    }
  }

  void writeGradient() {
    stages.forEach(Stage::writeGradient);
  }
}
