package io.convoy.modelfile;

import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.storage.Storage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
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
  /**
   * Reads them from a model's file; of its numbers no more than these.
   *
   * @return nothing where the first layer with parameters is no convolution
   * @throws UserException if the file is no model, or is damaged
   */
  public static Optional<FirstKernels> of(Storage model) {
    try (ModelZip.Reader zip = new ModelZip.Reader(model.open())) {
      Optional<ConvolutionLayer> first = Optional.empty();
      while (zip.next()) {
        if (zip.is(ModelSerializer.CONFIGURATION_JSON)) {
          first = first(zip.configuration());
          if (first.isEmpty()) {
            return Optional.empty();
          }
        } else if (zip.is(ModelSerializer.COEFFICIENTS_BIN) && first.isPresent()) {
          return Optional.of(read(first.get(), zip.content()));
        }
      }
      throw new IOException("it has no network");
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "%s cannot be read: %s; give a model that train or run wrote.",
          model, ModelZip.reason(e));
    }
  }

  private static Optional<ConvolutionLayer> first(NetworkConfiguration network) {
    for (NetworkNode node : network.nodes()) {
      if (node.parameters() > 0) {
        return node.layer().orElseThrow() instanceof ConvolutionLayer layer
                && layer.getNIn() == Rgb.CHANNELS
            ? Optional.of(layer)
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** DL4J keeps a convolution's biases before its weights [count, channels, height, width]. */
  private static FirstKernels read(ConvolutionLayer layer, InputStream zip) throws IOException {
    int count = Math.toIntExact(layer.getNOut());
    int height = layer.getKernelSize()[0];
    int width = layer.getKernelSize()[1];
    float[] weights = new float[count * Rgb.CHANNELS * height * width];
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
