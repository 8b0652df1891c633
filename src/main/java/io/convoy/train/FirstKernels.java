package io.convoy.train;

import io.convoy.failure.UserException;
import io.convoy.model.NetworkConfiguration;
import io.convoy.model.NetworkNode;
import io.convoy.storage.Storage;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.util.ModelSerializer;

/**
 * The learned kernels of a network whose first layer with parameters is a convolution of the image.
 * Equality is that of the array's identity.
 *
 * @param count of kernels
 * @param height rows of each
 * @param width columns of each
 * @param weights [count, 3, height, width], RGB
 */
public record FirstKernels(int count, int height, int width, float[] weights) {
  private static final int CHANNELS = 3;

  /**
   * Reads them from a model's file; of its numbers no more than these.
   *
   * @return nothing where the first layer with parameters is no convolution
   * @throws UserException if the file is no model, or is damaged
   */
  public static Optional<FirstKernels> of(Storage model) {
    try (ZipInputStream zip = new ZipInputStream(model.open())) {
      Optional<ConvolutionLayer> first = Optional.empty();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)) {
          first = first(new String(SmallEntry.read(zip, entry.getName()), StandardCharsets.UTF_8));
          if (first.isEmpty()) {
            return Optional.empty();
          }
        } else if (entry.getName().equals(ModelSerializer.COEFFICIENTS_BIN) && first.isPresent()) {
          return Optional.of(read(first.get(), zip));
        }
      }
      throw new IOException("has no network");
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be read: %s; give a model that train or run wrote.", model, e.getMessage());
    }
  }

  private static Optional<ConvolutionLayer> first(String json) throws IOException {
    NetworkConfiguration network;
    try {
      network = NetworkConfiguration.ofJson(json);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    for (NetworkNode node : network.nodes()) {
      if (node.parameters() > 0) {
        return node.layer().orElseThrow() instanceof ConvolutionLayer layer
                && layer.getNIn() == CHANNELS
            ? Optional.of(layer)
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** DL4J keeps a convolution's biases before its weights [count, channels, height, width]. */
  private static FirstKernels read(ConvolutionLayer layer, ZipInputStream zip) throws IOException {
    int count = Math.toIntExact(layer.getNOut());
    int height = layer.getKernelSize()[0];
    int width = layer.getKernelSize()[1];
    float[] weights = new float[count * CHANNELS * height * width];
    DataInputStream numbers = RowFormat.numbers(zip);
    if (layer.hasBias()) {
      numbers.skipNBytes((long) count * Float.BYTES);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = numbers.readFloat();
    }
    return new FirstKernels(count, height, width, weights);
  }
}
