package io.convoy.modelfile;

import io.convoy.failure.UserException;
import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerType;

/**
 * A network that DL4J's {@code ModelSerializer} has written, by convoy or not.
 *
 * @param file that holds it
 */
public record SavedNetwork(Storage file) {
  /** A serialized object of Java's: not read. */
  private static final String OLD_NORMALIZER = "preprocessor.bin";

  /** SHA-256 of the file, 64 hexadecimal digits. */
  public String sha256() {
    try (InputStream in = file.open()) {
      return DigestUtils.sha256Hex(in);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Loads the network, as float32 and without its optimizer's state.
   *
   * @throws UserException if the file is no such network, or one of other pixels than those of 0 to
   *     1
   */
  public Network load() {
    try (ModelZip.Reader zip = new ModelZip.Reader(file.open())) {
      return load(zip);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  /** Not by DL4J's ModelSerializer, which loads any class that a normalizer's entry names. */
  private Network load(ModelZip.Reader zip) throws IOException {
    Set<String> seen = new HashSet<>();
    NetworkConfiguration configuration = null;
    INDArray parameters = null;
    while (zip.next()) {
      if (!seen.add(zip.name())) {
        throw new IOException("it has two entries " + zip.name());
      }
      if (zip.is(ModelSerializer.CONFIGURATION_JSON)) {
        configuration = zip.configuration();
      } else if (zip.is(ModelSerializer.COEFFICIENTS_BIN) && configuration != null) {
        parameters = RowFormat.read(zip.content(), configuration.parameters());
      } else if (zip.is(ModelSerializer.NORMALIZER_BIN)) {
        requirePixels(zip.description());
      } else if (zip.is(OLD_NORMALIZER)) {
        throw otherPixels("normalizer");
      }
    }
    if (parameters == null) {
      throw new IOException("it has no " + ModelSerializer.COEFFICIENTS_BIN);
    }
    return configuration.inFloats().on(parameters);
  }

  /**
   * As ND4J's NormalizerSerializer writes one, whose own reader loads the class of a custom one.
   */
  private void requirePixels(byte[] normalizer) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(normalizer));
    String magic = in.readUTF();
    in.readInt();
    String type = in.readUTF();
    boolean ours =
        magic.equals("NORMALIZER")
            && type.equals(NormalizerType.IMAGE_MIN_MAX.name())
            && in.readDouble() == 0
            && in.readDouble() == 1;
    if (!ours) {
      throw otherPixels("normalizer (" + type + ")");
    }
  }

  private UserException otherPixels(String normalizer) {
    return new UserException(
        "%s was trained on pixels that its %s changes, and convoy gives it pixels of 0 to 1; use a"
            + " model without one, or with an ImagePreProcessingScaler of 0 to 1.",
        file, normalizer);
  }

  private UserException unreadable(Exception e) {
    return new UserException(
        "%s is no network of DL4J's that can be read: %s; give a file that DL4J's ModelSerializer or"
            + " convoy wrote.",
        file, ModelZip.reason(e));
  }
}
