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

  MinibatchLoader(Examples.Source source, EpochAugmentation augmentation) {
    this.source = source;
    this.augmentation = augmentation;
  }

  @Override
  public DataSet load(Source path) {
    try (Examples examples = source.open()) {
      int[] positions = MinibatchPath.positions(path.getPath());
      Minibatch minibatch = Minibatch.read(examples, source.layout(), positions, augmentation);
      return new DataSet(minibatch.pixels(), minibatch.labels());
    }
  }
}
