package io.convoy.train;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

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

  /** Writes the network, the same bytes for the same network. */
  public void write(MultiLayerNetwork network, Updater updater) {
    file.write(
        out -> {
          StoredZip zip = new StoredZip(out);
          write(zip, network, updater);
          zip.finish();
        });
  }

  /** Writes the entries of a network. */
  static void write(StoredZip zip, MultiLayerNetwork network, Updater updater) throws IOException {
    byte[] configuration =
        network.getLayerWiseConfigurations().toJson().getBytes(StandardCharsets.UTF_8);
    zip.write(ModelSerializer.CONFIGURATION_JSON, entry -> entry.write(configuration));
    zip.write(ModelSerializer.COEFFICIENTS_BIN, new RowFormat(network.params())::writeTo);
    INDArray state = updater == Updater.KEPT ? network.getUpdater().getStateViewArray() : null;
    // Plain gradient descent has no state.
    if (state != null) {
      zip.write(ModelSerializer.UPDATER_BIN, new RowFormat(state)::writeTo);
    }
  }

  /**
   * Gives a network of the same architecture the parameters of the file, or of any that {@code
   * ModelSerializer} has written.
   *
   * @throws UncheckedIOException also when the file's parameters are not as many as the network's
   */
  public void restoreParameters(MultiLayerNetwork network) {
    try (ZipInputStream zip = new ZipInputStream(file.open())) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && !entry.getName().equals(ModelSerializer.COEFFICIENTS_BIN)) {
        entry = zip.getNextEntry();
      }
      if (entry == null) {
        throw new IOException("missing");
      }
      new RowFormat(network.params()).readFrom(zip);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: %s: %s".formatted(file, ModelSerializer.COEFFICIENTS_BIN, e.getMessage()), e);
    }
  }

  /** The size of the file in bytes. */
  public long bytes() {
    return file.length();
  }
}
