package io.convoy.train;

import io.convoy.failure.UserException;
import io.convoy.model.GraphNetwork;
import io.convoy.model.LayersConfiguration;
import io.convoy.model.LayersNetwork;
import io.convoy.model.Network;
import io.convoy.model.NetworkConfiguration;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;

/**
 * A network that DL4J's {@code ModelSerializer} has written, by convoy or not.
 *
 * @param file that holds it
 */
public record SavedNetwork(Storage file) {

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
    NetworkConfiguration configuration = configuration();
    Object normalizer;
    Network network;
    try (InputStream in = file.open()) {
      if (configuration instanceof LayersConfiguration) {
        Pair<MultiLayerNetwork, ?> read =
            ModelSerializer.restoreMultiLayerNetworkAndNormalizer(in, false);
        network = new LayersNetwork(read.getFirst().convertDataType(DataType.FLOAT));
        normalizer = read.getSecond();
      } else {
        Pair<ComputationGraph, ?> read =
            ModelSerializer.restoreComputationGraphAndNormalizer(in, false);
        network = new GraphNetwork(read.getFirst().convertDataType(DataType.FLOAT));
        normalizer = read.getSecond();
      }
    } catch (IOException | RuntimeException e) {
      // DL4J and ND4J throw many for numbers that they cannot read.
      throw unreadable(e);
    }
    requirePixels(normalizer);
    return network;
  }

  private NetworkConfiguration configuration() {
    try (ZipInputStream zip = new ZipInputStream(file.open())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)) {
          String json = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
          return NetworkConfiguration.ofJson(json);
        }
      }
      throw new IOException("it has no " + ModelSerializer.CONFIGURATION_JSON);
    } catch (IOException | RuntimeException e) {
      // DL4J wraps Jackson's.
      throw unreadable(e);
    }
  }

  private void requirePixels(Object normalizer) {
    boolean ours =
        normalizer == null
            || normalizer instanceof ImagePreProcessingScaler scaler
                && scaler.getMinRange() == 0
                && scaler.getMaxRange() == 1
                && !scaler.isFitLabels();
    if (!ours) {
      throw new UserException(
          "%s was trained on pixels that its %s changes, and convoy gives it pixels of 0 to 1; use a"
              + " model without one, or with an ImagePreProcessingScaler of 0 to 1.",
          file, normalizer.getClass().getSimpleName());
    }
  }

  private UserException unreadable(Exception e) {
    return new UserException(
        "%s is no network of DL4J's that can be read: %s; give a file that DL4J's ModelSerializer or"
            + " convoy wrote.",
        file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }
}
