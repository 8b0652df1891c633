package io.convoy.train;

import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Loads a {@link MinibatchPath} on the executor: as uint8, which the network itself turns into
 * floats, and changed as augmentation says.
 */
final class MinibatchLoader implements DataSetLoader {
  private static final long serialVersionUID = 1L;
  private final Examples.Source source;
  private final EpochAugmentation augmentation;
  private final Targets targets;

  MinibatchLoader(Examples.Source source, EpochAugmentation augmentation, Targets targets) {
    this.source = source;
    this.augmentation = augmentation;
    this.targets = targets;
  }

  @Override
  public DataSet load(Source path) {
    try (Examples examples = source.open()) {
      int[] positions = MinibatchPath.positions(path.getPath());
      return targets.of(Minibatch.read(examples, source.layout(), positions, augmentation));
    }
  }
}
