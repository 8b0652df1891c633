package io.convoy.train;

import io.convoy.model.Network;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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

  /**
   * Writes the file.
   *
   * @param network whose parameters and optimizer's state are kept
   * @param velocity of the outer step, [1, n], where there is one
   * @param notes for {@link #notes}
   */
  void write(Network network, Optional<INDArray> velocity, byte[] notes) {
    file.write(
        out -> {
          StoredZip zip = new StoredZip(out);
          // First, to be read without the numbers.
          zip.write(NOTES, entry -> entry.write(notes));
          Model.write(zip, network, Model.Updater.KEPT);
          if (velocity.isPresent()) {
            zip.write(OUTER_VELOCITY, entry -> new RowFormat(velocity.get()).writeTo(entry));
          }
          zip.finish();
        });
  }

  /**
   * The notes that were written with the network; reads the whole file, so that what is damaged is
   * found before anything is done with it.
   *
   * @throws UncheckedIOException if the file is damaged, or none of convoy's
   */
  public byte[] notes() {
    try (ZipInputStream zip = new ZipInputStream(file.open())) {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null || !entry.getName().equals(NOTES)) {
        throw new IOException("is no checkpoint of convoy's");
      }
      byte[] notes = zip.readAllBytes();
      boolean whole = false;
      for (entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        // Compares the entry's checksum.
        zip.transferTo(OutputStream.nullOutputStream());
        whole |= entry.getName().equals(ModelSerializer.COEFFICIENTS_BIN);
      }
      if (!whole) {
        throw new IOException("has no parameters");
      }
      return notes;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Gives a network of the same architecture the parameters and the optimizer's state of the file.
   *
   * @param velocity that gets the outer step's, where the file has it
   * @throws UncheckedIOException also when the file's network is another
   */
  void restore(Network network, Optional<INDArray> velocity) {
    try (ZipInputStream zip = new ZipInputStream(file.open())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        restore(entry.getName(), zip, network, velocity);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  private static void restore(
      String entry, InputStream numbers, Network network, Optional<INDArray> velocity)
      throws IOException {
    switch (entry) {
      case ModelSerializer.COEFFICIENTS_BIN ->
          new RowFormat(network.parameters()).readFrom(numbers);
      case ModelSerializer.UPDATER_BIN -> {
        INDArray state =
            network
                .updaterState()
                .orElseThrow(
                    () -> new IOException("an optimizer's state for an optimizer without one"));
        new RowFormat(state).readFrom(numbers);
      }
      case OUTER_VELOCITY -> {
        // One worker alone goes on without it.
        if (velocity.isPresent()) {
          new RowFormat(velocity.get()).readFrom(numbers);
        }
      }
      default -> {
        // The configuration is that of the settings; the notes were read before.
      }
    }
  }
}
