package io.convoy.modelfile;

import io.convoy.network.Network;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network in training, with its optimizer's state, and notes about the training, in one file that
 * appears whole or not at all. It is a model in DL4J's format with an entry more, or two.
 *
 * @param file of the checkpoint
 */
public record Checkpoint(Storage file) {
  private static final String NOTES = "training.json";
  private static final String OUTER_VELOCITY = "outerVelocity.bin";
  private static final String AVERAGE = "movingAverage.bin";

  /**
   * Writes the file.
   *
   * @param network with its optimizer's state
   * @param notes for {@link #notes}
   */
  public void write(Snapshot network, byte[] notes) {
    file.write(
        out -> {
          ModelZip.Writer zip = new ModelZip.Writer(out);
          // First, to be read without the numbers.
          zip.write(NOTES, entry -> entry.write(notes));
          ModelFile.write(zip, network.configuration(), network.parameters());
          ModelFile.writeUpdater(zip, network.updaterState());
          if (network.velocity().isPresent()) {
            zip.write(OUTER_VELOCITY, new RowFormat(network.velocity().get())::writeTo);
          }
          if (network.average().isPresent()) {
            zip.write(AVERAGE, new RowFormat(network.average().get())::writeTo);
          }
          zip.finish();
        });
  }

  /**
   * The notes that were written with the network.
   *
   * @throws UncheckedIOException if the file does not begin with them, or they are damaged
   */
  public byte[] notes() {
    try (ModelZip.Reader zip = new ModelZip.Reader(file.open())) {
      if (!zip.next() || !zip.is(NOTES)) {
        throw new IOException("it is not the first entry");
      }
      return zip.content().readAllBytes();
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(NOTES, e);
    }
  }

  /**
   * Gives a network of the same architecture the parameters and the optimizer's state of the file.
   * All of the file is read: it is whole if and only if this succeeds.
   *
   * @param velocity that gets the outer step's, where the file must have one
   * @param average that gets the parameters' moving average, where the file must have one
   * @throws UncheckedIOException if an entry is missing, damaged, or of another network, with the
   *     reason; the network may then hold a part of the file
   */
  public void restore(Network network, Optional<INDArray> velocity, Optional<INDArray> average) {
    Map<String, INDArray> missing = new TreeMap<>();
    missing.put(ModelSerializer.COEFFICIENTS_BIN, network.parameters());
    network.updaterState().ifPresent(state -> missing.put(ModelSerializer.UPDATER_BIN, state));
    velocity.ifPresent(numbers -> missing.put(OUTER_VELOCITY, numbers));
    average.ifPresent(numbers -> missing.put(AVERAGE, numbers));
    String place = "the first entry";
    try (ModelZip.Reader zip = new ModelZip.Reader(file.open())) {
      while (zip.next()) {
        place = zip.name();
        INDArray numbers = missing.remove(zip.name());
        if (numbers != null) {
          new RowFormat(numbers).readFrom(zip.content());
        }
        // To its end, where the checksum is compared.
        zip.content().transferTo(OutputStream.nullOutputStream());
        place = "the entry after " + zip.name();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(place, e);
    }
    // Java takes a damaged header of an entry for the end of the entries.
    if (!missing.isEmpty()) {
      throw damaged(String.join(", ", missing.keySet()), new IOException("missing"));
    }
  }

  /**
   * @param reason an {@link IllegalArgumentException} where the name of an entry is no text
   */
  private UncheckedIOException damaged(String place, Exception reason) {
    return new UncheckedIOException(
        "%s: %s: %s".formatted(file, place, ModelZip.reason(reason)),
        reason instanceof IOException io ? io : new IOException(reason));
  }
}
