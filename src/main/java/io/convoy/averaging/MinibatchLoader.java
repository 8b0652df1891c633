package io.convoy.averaging;

import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Targets;
import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.network.Shape;
import java.util.Arrays;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Loads minibatches on the executor: as uint8, which the network itself turns into floats, and
 * changed as augmentation says. The "path" that DL4J ships to a worker is which examples of the
 * epoch's order it has, such as {@code 64-128}: order and pixels are found on the executor.
 */
final class MinibatchLoader implements DataSetLoader {
  private static final long serialVersionUID = 1L;
  private final Examples examples;
  private final EpochAugmentation augmentation;
  private final Targets targets;
  private final EpochOrder order;

  /** Of the order; once it is needed. */
  private transient int[] positions;

  /** Where each position is in them. */
  private transient int[] places;

  MinibatchLoader(
      Examples examples, EpochAugmentation augmentation, Targets targets, EpochOrder order) {
    this.examples = examples;
    this.augmentation = augmentation;
    this.targets = targets;
    this.order = order;
  }

  @Override
  public DataSet load(Source path) {
    return read(path.getPath());
  }

  /** Reads a minibatch. */
  DataSet read(String path) {
    String[] ends = path.split("-");
    return read(
        Arrays.copyOfRange(positions(), Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
  }

  /** Reads the examples at some positions of the split. */
  DataSet read(int... minibatch) {
    return targets.of(Minibatch.read(examples, minibatch, augmentation));
  }

  /** The shape of an image of the epoch. */
  Shape image() {
    ImageSize shown =
        augmentation.shown(new ImageSize(examples.layout().height(), examples.layout().width()));
    return new Shape(Rgb.CHANNELS, shown.height(), shown.width());
  }

  /**
   * The path of a minibatch.
   *
   * @param minibatch positions that follow one another in the epoch's order
   */
  String path(int[] minibatch) {
    if (places == null) {
      places = new int[positions().length];
      for (int i = 0; i < places.length; i++) {
        places[positions[i]] = i;
      }
    }
    int first = places[minibatch[0]];
    return first + "-" + (first + minibatch.length);
  }

  private synchronized int[] positions() {
    if (positions == null) {
      positions = order.positions();
    }
    return positions;
  }
}
