package io.convoy.train;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/** A network in a file, in DL4J's own format: {@code ModelSerializer} loads it without convoy. */
public final class Model {
  private final Storage file;

  /** Whether the file holds the optimizer's state, to go on training. */
  public enum Updater {
    KEPT,
    LEFT_OUT
  }

  /**
   * @param file where the model is, or will be
   */
  public Model(Storage file) {
    this.file = file;
  }

  /** Writes the network. */
  public void write(MultiLayerNetwork network, Updater updater) {
    file.write(out -> ModelSerializer.writeModel(network, out, updater == Updater.KEPT));
  }

  /** Gives a network of the same architecture the parameters of the file. */
  public void restoreParameters(MultiLayerNetwork network) {
    try (InputStream in = file.open()) {
      network.setParameters(ModelSerializer.restoreMultiLayerNetwork(in, false).params());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The size of the file in bytes. */
  public long bytes() {
    return file.length();
  }
}
