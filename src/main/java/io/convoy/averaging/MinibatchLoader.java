package io.convoy.averaging;

import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Targets;
import io.convoy.image.Rgb;
import io.convoy.network.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Loads minibatches on the executor: as uint8, which the network itself turns into floats, and
 * changed as augmentation says. The "path" that DL4J ships to a worker is the positions of a
 * minibatch's examples, such as {@code 17,4,2048}: the pixels stay in the data set until then.
 */
final class MinibatchLoader implements DataSetLoader {
  private static final long serialVersionUID = 1L;
  private final Examples examples;
  private final EpochAugmentation augmentation;
  private final Targets targets;

  MinibatchLoader(Examples examples, EpochAugmentation augmentation, Targets targets) {
    this.examples = examples;
    this.augmentation = augmentation;
    this.targets = targets;
  }

  @Override
  public DataSet load(Source path) {
    return read(path.getPath());
  }

  /** Reads a minibatch. */
  DataSet read(String path) {
    int[] positions = positions(path);
    return targets.of(Minibatch.read(examples, positions, augmentation));
  }

  /** The shape of an image. */
  Shape image() {
    return new Shape(Rgb.CHANNELS, examples.layout().height(), examples.layout().width());
  }

  /** The path of a minibatch. */
  static String path(int[] positions) {
    return Arrays.stream(positions).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  private static int[] positions(String path) {
    return Arrays.stream(path.split(",")).mapToInt(Integer::parseInt).toArray();
  }
}
