package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Recipe;
import io.convoy.settings.Recipes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkConfigurationTest {
  private static final List<Layer> LAYERS =
      List.of(
          new Layer.Convolution(4, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
          new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2),
          new Layer.Dense(6, Activation.TANH),
          new Layer.Dropout(0.3));

  private static final Optimizer ADAM = new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8);

  private static NetworkConfiguration network(List<Layer> layers, Loss loss, Optimizer optimizer) {
    return NetworkBuilder.configuration(
        new Architecture("net", layers, loss, optimizer, 2, 1), 2, 12, 10, 1);
  }

  private static NetworkConfiguration standard() {
    return network(LAYERS, Loss.CROSS_ENTROPY, ADAM);
  }

  /** As a file has it that was written after some training. */
  private static NetworkConfiguration saved(NetworkConfiguration configuration) {
    Network network = configuration.initialized();
    network.countIterations(7);
    return NetworkConfiguration.ofJson(network.configuration().json());
  }

  /** Convolution, pooling, dense layer, dropout, and one output of two classes. */
  @Test
  void whatAllLayersGiveForAnImageIsCounted() {
    assertEquals(
        4 * 12 * 10 + 4 * 6 * 5 + 6 + 6 + 1,
        standard().outputs(InputType.convolutional(12, 10, 3)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aSavedNetworkHasTheLayersThatItWasMadeOf(Loss loss) {
    assertEquals(
        OptionalInt.empty(),
        saved(network(LAYERS, loss, ADAM)).firstDifference(network(LAYERS, loss, ADAM)));
  }

  static Stream<Loss> losses() {
    return Stream.of(Loss.values());
  }

  @ParameterizedTest
  @MethodSource("layersAndGraph")
  void aNetworkOfASavedOneCountsOnFromItsEpochsAndSteps(List<Layer> layers) {
    Network network = network(layers, Loss.CROSS_ENTROPY, ADAM).initialized();
    network.countIterations(7);
    network.countEpochs(3);
    NetworkConfiguration saved = NetworkConfiguration.ofJson(network.configuration().json());
    NetworkConfiguration again = saved.on(network.parameters()).configuration();
    assertEquals(3, again.epochs());
    assertEquals(7, again.iterations());
  }

  static Stream<List<Layer>> layersAndGraph() {
    return Stream.of(LAYERS, List.of(new Layer.Residual(LAYERS.subList(0, 1), Activation.RELU)));
  }

  @Test
  void theOptimizerIsNoPartOfTheLayers() {
    NetworkConfiguration other =
        network(LAYERS, Loss.CROSS_ENTROPY, new Optimizer.Nesterov(0.1, 0.9));

    assertEquals(OptionalInt.empty(), saved(standard()).firstDifference(other));
  }

  @Test
  void weightDecayAndGradientClippingAreNoPartOfTheLayers() {
    Recipe decaying = Recipes.plain().weightDecay(0.1).gradientClipping(2).recipe();
    NetworkConfiguration other =
        NetworkBuilder.configuration(
            new Architecture("net", LAYERS, Loss.CROSS_ENTROPY, ADAM, 2, 1, decaying),
            2,
            12,
            10,
            1);

    assertTrue(other.json().contains("WeightDecay"), other.json());
    assertTrue(other.json().contains("ClipL2PerLayer"), other.json());
    assertFalse(standard().json().contains("WeightDecay"));
    assertEquals(OptionalInt.empty(), saved(other).firstDifference(standard()));
  }

  @Test
  void theComparedNetworksKeepTheirOptimizers() {
    NetworkConfiguration one = standard();
    String before = one.json();

    one.firstDifference(standard());

    assertEquals(before, one.json());
  }

  static Stream<Layer> others() {
    return Stream.of(
        new Layer.Convolution(4, 3, 3, 1, 1, Padding.SAME, Activation.ELU),
        new Layer.Pooling(PoolingKind.AVERAGE, 2, 2, 2, 2),
        new Layer.Dense(6, Activation.RELU),
        new Layer.Dropout(0.4));
  }

  @ParameterizedTest
  @MethodSource("others")
  void aLayerThatDiffersIsFound(Layer other) {
    List<Layer> layers = new ArrayList<>(LAYERS);
    int place = 0;
    while (!layers.get(place).getClass().equals(other.getClass())) {
      place++;
    }
    layers.set(place, other);

    assertEquals(
        OptionalInt.of(place + 1),
        saved(standard()).firstDifference(network(layers, Loss.CROSS_ENTROPY, ADAM)));
  }

  @Test
  void anotherLossIsFoundAtTheOutput() {
    assertEquals(
        OptionalInt.of(5), saved(standard()).firstDifference(network(LAYERS, Loss.MSE, ADAM)));
  }

  @Test
  void aLayerThatIsMissingIsFound() {
    NetworkConfiguration shorter = network(LAYERS.subList(0, 3), Loss.CROSS_ENTROPY, ADAM);

    assertEquals(OptionalInt.of(4), saved(standard()).firstDifference(shorter));
  }
}
