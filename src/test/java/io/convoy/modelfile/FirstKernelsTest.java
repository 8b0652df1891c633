package io.convoy.modelfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.network.LayersConfiguration;
import io.convoy.network.LayersNetwork;
import io.convoy.network.NetworkBuilder;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstKernelsTest {
  private static final Layer CONVOLUTION =
      new Layer.Convolution(5, 3, 2, 1, 1, Padding.NONE, Activation.RELU);
  private static final Layer POOLING = new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2);
  private static final Layer DENSE = new Layer.Dense(3, Activation.RELU);

  @TempDir Path folder;

  private static MultiLayerNetwork network(Layer... layers) {
    Architecture architecture =
        new Architecture("net", List.of(layers), Loss.MSE, new Optimizer.Sgd(0.01), 2, 1);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ((LayersConfiguration) NetworkBuilder.configuration(architecture, 2, 16, 16, 1))
                .dl4j());
    network.init();
    return network;
  }

  private Storage place() {
    return Storage.at(folder.resolve("best.zip").toString(), new Configuration());
  }

  private Optional<FirstKernels> kernelsOf(MultiLayerNetwork network) {
    ModelCard card =
        ModelCard.of(
            "net",
            List.of("dog", "cat"),
            16,
            16,
            0.5,
            "hash",
            "0.1.0",
            "",
            TestTimeAugmentation.NONE,
            1);
    new ModelFile(place()).write(card, new LayersNetwork(network), ModelFile.Updater.LEFT_OUT);
    return FirstKernels.of(place());
  }

  private static void assertKernels(MultiLayerNetwork network, String weights, FirstKernels found) {
    assertEquals(5, found.count());
    assertEquals(3, found.height());
    assertEquals(2, found.width());
    assertArrayEquals(network.getParam(weights).dup('c').data().asFloat(), found.weights(), 0);
  }

  @Test
  void theKernelsAreThoseOfTheLayer() {
    MultiLayerNetwork network = network(CONVOLUTION, DENSE);
    network.getParam("0_b").assign(7);
    assertKernels(network, "0_W", kernelsOf(network).orElseThrow());
  }

  @Test
  void aLayerWithoutParametersMayComeBefore() {
    MultiLayerNetwork network = network(POOLING, CONVOLUTION, DENSE);
    assertKernels(network, "1_W", kernelsOf(network).orElseThrow());
  }

  @Test
  void aModelThatDl4jHasWrittenIsReadToo() throws IOException {
    MultiLayerNetwork network = network(CONVOLUTION);
    ModelSerializer.writeModel(network, folder.resolve("best.zip").toFile(), true);
    assertKernels(network, "0_W", FirstKernels.of(place()).orElseThrow());
  }

  @Test
  void aDenseNetworkHasNone() {
    assertTrue(kernelsOf(network(DENSE)).isEmpty());
  }

  @Test
  void aFileThatIsNoModelIsAnError() throws IOException {
    Files.writeString(folder.resolve("best.zip"), "no zip file");
    Storage place = place();
    UserException e = assertThrows(UserException.class, () -> FirstKernels.of(place));
    assertEquals(
        place + " cannot be read: it has no network; give a model that train or run wrote.",
        e.getMessage());
  }
}
