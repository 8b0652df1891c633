package io.convoy.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.failure.UserException;
import io.convoy.network.LayerNormalization;
import io.convoy.network.LayersNetwork;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import io.convoy.onednn.DenseFactors;
import io.convoy.onednn.DenseWeights;
import io.convoy.onednn.OneDnn;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Optimizers;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Precision;
import io.convoy.settings.Recipe;
import io.convoy.settings.Recipes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class LocalTrainerTest {
  private static final Shape IMAGE = new Shape(3, 12, 10);
  private static final int IMAGES = 6;
  private static final int STEPS = 5;

  /** Shorter than the gradients by the layers of these networks. */
  private static final double CLIPPING = 0.01;

  private static final List<Layer> LAYERS =
      List.of(
          new Layer.Convolution(5, 3, 3, 1, 1, Padding.NONE, Activation.RELU),
          new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2),
          new Layer.Dense(7, Activation.RELU));

  private static final List<Layer> RESIDUAL =
      List.of(
          new Layer.Convolution(4, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
          new Layer.Residual(
              List.of(
                  new Layer.BatchNormalization(0.9, Activation.RELU),
                  new Layer.Convolution(6, 3, 3, 2, 2, Padding.SAME, Activation.RELU)),
              Activation.RELU),
          new Layer.GlobalPooling(PoolingKind.AVERAGE));

  private static final List<Layer> NORMALIZED =
      List.of(
          new Layer.Convolution(4, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
          new Layer.Residual(
              List.of(
                  new Layer.LayerNormalization(1e-3, Activation.RELU),
                  new Layer.Convolution(6, 3, 3, 2, 2, Padding.SAME, Activation.RELU)),
              Activation.RELU),
          new Layer.GlobalPooling(PoolingKind.AVERAGE));

  private static final List<Layer> GROUPED =
      List.of(
          new Layer.Convolution(4, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
          new Layer.GroupedConvolution(6, 2, 3, 3, 2, 2, Padding.SAME, Activation.RELU),
          new Layer.GlobalPooling(PoolingKind.AVERAGE));

  static List<Optimizer> optimizers() {
    return Optimizers.all();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void oneDnnTrainsAsDl4jsOwnFitDoes(Optimizer optimizer) {
    assertAlike(optimizer, 0, minibatch(), List.of(1.0));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void weightsDecayAsInDl4jsOwnFit(Optimizer optimizer) {
    float[] decayed = assertAlike(optimizer, 2, minibatch(), List.of(1.0));
    float[] kept = assertAlike(optimizer, 0, minibatch(), List.of(1.0));
    assertTrue(squares(decayed) < squares(kept));
  }

  @ParameterizedTest
  @MethodSource("clippedNetworks")
  void gradientsAreClippedAsInDl4jsOwnFit(List<Layer> layers) {
    Optimizer optimizer = new Optimizer.Nesterov(0.05, 0.9);
    List<Double> factors = List.of(0.5);
    float[] clipped =
        assertAlike(optimizer, configuration(layers, optimizer, 0, CLIPPING), minibatch(), factors);
    float[] whole =
        assertAlike(optimizer, configuration(layers, optimizer, 0), minibatch(), factors);
    assertFalse(Arrays.equals(whole, clipped));
  }

  static List<List<Layer>> clippedNetworks() {
    return List.of(LAYERS, RESIDUAL);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aLayerNormalisationIsTrainedAsInDl4jsOwnFit(Optimizer optimizer) {
    assertAllButConstantsAreTrained(NORMALIZED, optimizer);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aConvolutionOfGroupsIsTrainedAsInDl4jsOwnFit(Optimizer optimizer) {
    assertAllButConstantsAreTrained(GROUPED, optimizer);
  }

  private static void assertAllButConstantsAreTrained(List<Layer> layers, Optimizer optimizer) {
    NetworkConfiguration configuration = configuration(layers, optimizer, 0.1);
    float[] before = configuration.initialized().parameters().toFloatVector();
    float[] after = assertAlike(optimizer, configuration, minibatch(), List.of(1.0));
    int first = 0;
    for (NetworkNode node : configuration.nodes()) {
      int end = first + Math.toIntExact(node.parameters());
      if (end > first) {
        assertEquals(
            node.isFrozen(),
            Arrays.equals(before, first, end, after, first, end),
            () -> node.name() + " stays as it is");
      }
      first = end;
    }
  }

  @Test
  void theScaleOfALayerNormalisationDoesNotDecay() {
    List<NetworkNode> nodes =
        configuration(NORMALIZED, new Optimizer.Sgd(1), 0.1, CLIPPING).nodes();
    NetworkNode scale = nodes.get(LayerNormalization.of(nodes).get(0).last());
    BaseLayer layer = (BaseLayer) scale.layer().orElseThrow();
    assertEquals(List.of(), layer.getRegularization());
    assertEquals(GradientNormalization.None, layer.getGradientNormalization());
  }

  @Test
  void aLayerMovesNoFurtherThanItsClippedGradient() {
    NetworkConfiguration configuration = configuration(LAYERS, new Optimizer.Sgd(1), 0, CLIPPING);
    Network network = configuration.initialized();
    float[] before = network.parameters().toFloatVector();
    try (LocalTrainer trainer = LocalTrainer.of(network, IMAGE, 1)) {
      trainer.fit(minibatch(), 1);
    }
    float[] moves = network.parameters().toFloatVector();
    for (int i = 0; i < moves.length; i++) {
      moves[i] -= before[i];
    }
    // Of three layers, each with a gradient that is longer.
    assertEquals(Math.sqrt(3) * CLIPPING, Math.sqrt(squares(moves)), 1e-4);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aFactorOfTheLearningRateIsAsDl4jsOwn(Optimizer optimizer) {
    assertAlike(optimizer, 2, minibatch(), List.of(0.1, 0.5, 1.0, 0.25, 0.25));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void weightsOfExamplesCountAlikeInBoth(Optimizer optimizer) {
    DataSet weighted = minibatch();
    weighted.setLabelsMaskArray(
        Nd4j.create(new float[] {3, 0.5f, 3, 0.5f, 3, 0.5f}, new long[] {IMAGES, 1}, 'c'));
    float[] skewed = assertAlike(optimizer, 0, weighted, List.of(1.0));
    assertFalse(Arrays.equals(skewed, assertAlike(optimizer, 0, minibatch(), List.of(1.0))));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aGradientAndStepsOverAllParametersAreOneFit(Engine engine) {
    for (Optimizer optimizer : Optimizers.all()) {
      assertPartsAreAFit(engine, configuration(LAYERS, optimizer, 2));
    }
    // Adam would make steps of the rounding errors where a normalisation takes a bias away.
    Optimizer optimizer = new Optimizer.Nesterov(0.05, 0.9);
    assertPartsAreAFit(engine, configuration(RESIDUAL, optimizer, 2));
    assertPartsAreAFit(engine, configuration(RESIDUAL, optimizer, 2, CLIPPING));
  }

  @Test
  void dl4jsLayersRefuseImagesOfAnotherSizeWhereALayerIsForOne() {
    List<Layer> squeezing =
        List.of(
            new Layer.SqueezeExcitation(2, Activation.RELU),
            new Layer.GlobalPooling(PoolingKind.AVERAGE));
    Network network = configuration(squeezing, new Optimizer.Sgd(0.5), 0).initialized();
    Shape smaller = new Shape(IMAGE.channels(), IMAGE.height() - 2, IMAGE.width() - 2);
    Engine.DL4J.trainer(network, IMAGE, 1, Precision.FLOAT32).close();
    String message =
        assertThrows(
                UserException.class,
                () -> Engine.DL4J.trainer(network, smaller, 1, Precision.FLOAT32))
            .getMessage();
    assertTrue(message.contains("leave out progressive-resizing"), message);
  }

  /** As where the images of the next epoch are larger. */
  @ParameterizedTest
  @MethodSource("engines")
  void aTrainerThatIsMadeAnewGoesOnAtTheRatesOfOne(Engine engine) {
    NetworkConfiguration configuration = configuration(LAYERS, new Optimizer.Sgd(0.5), 0);
    Network one = configuration.initialized();
    Network anew = configuration.initialized();
    try (LocalTrainer trainer = engine.trainer(one, IMAGE, 1, Precision.FLOAT32)) {
      for (double factor : List.of(0.5, 0.25, 1.0)) {
        trainer.fit(minibatch(), factor, 1);
      }
    }
    for (double factor : List.of(0.5, 0.25, 1.0)) {
      try (LocalTrainer trainer = engine.trainer(anew, IMAGE, 1, Precision.FLOAT32)) {
        assertEquals(0.5 * factor, trainer.fit(minibatch(), factor, 1).learningRate());
      }
    }
    assertArrayEquals(one.parameters().toFloatVector(), anew.parameters().toFloatVector(), 1e-5f);
  }

  static Stream<Engine> engines() {
    return Stream.of(Engine.values())
        .filter(engine -> engine != Engine.ONEDNN || OneDnn.obstacle().isEmpty());
  }

  private static void assertPartsAreAFit(Engine engine, NetworkConfiguration configuration) {
    Network whole = configuration.initialized();
    Network inParts = configuration.initialized();
    DataSet weighted = minibatch();
    weighted.setLabelsMaskArray(
        Nd4j.create(new float[] {3, 0.5f, 3, 0.5f, 3, 0.5f}, new long[] {IMAGES, 1}, 'c'));
    try (LocalTrainer one = engine.trainer(whole, IMAGE, 2, Precision.FLOAT32);
        LocalTrainer other = engine.trainer(inParts, IMAGE, 2, Precision.FLOAT32)) {
      int all = Math.toIntExact(inParts.parameters().length());
      for (int step = 0; step < STEPS; step++) {
        LocalTrainer.Fit expected = one.fit(weighted, 0.5, step);
        LocalTrainer.Fit actual = other.gradient(weighted, 0.5, step);
        other.step(0.5, 0, all / 3);
        other.step(0.5, all / 3, all - all / 3);
        inParts.countIterations(step + 1);
        assertEquals(expected.loss(), actual.loss(), 1e-5);
        assertEquals(expected.learningRate(), actual.learningRate());
      }
    }
    assertArrayEquals(
        whole.parameters().toFloatVector(), inParts.parameters().toFloatVector(), 1e-4f);
  }

  /** Of a dense layer whose gradient is many times as many numbers as its factors. */
  @ParameterizedTest
  @MethodSource("precisions")
  void theProductOfAGradientsFactorsIsTheGradient(Precision precision) {
    NetworkConfiguration wide =
        NetworkBuilder.configuration(
            new Architecture(
                "wide",
                List.of(new Layer.Dense(300, Activation.RELU)),
                Loss.CROSS_ENTROPY,
                new Optimizer.Sgd(0.5),
                IMAGES,
                1),
            2,
            IMAGE.height(),
            IMAGE.width(),
            3);
    Network whole = wide.initialized();
    Network byFactors = wide.initialized();
    try (LocalTrainer one = LocalTrainer.of(whole, IMAGE, 2, precision);
        LocalTrainer other = LocalTrainer.sharing(byFactors, IMAGE, IMAGES, 2, precision)) {
      for (int step = 0; step < STEPS; step++) {
        assertEquals(
            one.fit(minibatch(), 1, step).loss(), other.fit(minibatch(), 1, step).loss(), 1e-5);
      }
      assertEquals(
          List.of(new DenseWeights(0, (int) IMAGE.size(), 300)),
          other.factors().stream().map(DenseFactors::weights).toList());
    }
    assertArrayEquals(
        whole.parameters().toFloatVector(), byFactors.parameters().toFloatVector(), 1e-5f);
  }

  static Stream<Precision> precisions() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    return OneDnn.precisions().stream();
  }

  @ParameterizedTest
  @MethodSource("factors")
  void aFactorIsAsAnotherLearningRate(double factor) {
    MultiLayerNetwork scaled = network(new Optimizer.Sgd(0.5), 0);
    MultiLayerNetwork other = network(new Optimizer.Sgd(0.5 * factor), 0);
    try (LocalTrainer one = LocalTrainer.of(new LayersNetwork(scaled), IMAGE, 2);
        LocalTrainer two = LocalTrainer.of(new LayersNetwork(other), IMAGE, 2)) {
      assertEquals(0.5 * factor, one.fit(minibatch(), factor, 1).learningRate());
      two.fit(minibatch(), 1, 1);
    }
    assertArrayEquals(scaled.params().toFloatVector(), other.params().toFloatVector());
  }

  static Stream<Double> factors() {
    return Stream.of(0.0, 0.25, 1.0);
  }

  @Test
  void theConfigurationKeepsTheOptimizersOwnRateInOneDnn() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    MultiLayerNetwork network = network(new Optimizer.Sgd(0.5), 0);
    String before = network.getLayerWiseConfigurations().getConf(0).toJson();
    try (LocalTrainer trainer =
        Engine.ONEDNN.trainer(new LayersNetwork(network), IMAGE, 2, Precision.FLOAT32)) {
      trainer.fit(minibatch(), 0.1, 1);
    }
    assertEquals(before, network.getLayerWiseConfigurations().getConf(0).toJson());
  }

  /** Adam would make steps of the rounding errors where a normalisation takes a bias away. */
  @Test
  void aGraphWithBatchNormalisationTrainsAsInDl4jsOwnFitByTheWholeRecipe() {
    DataSet weighted = minibatch();
    weighted.setLabelsMaskArray(
        Nd4j.create(new float[] {3, 0.5f, 3, 0.5f, 3, 0.5f}, new long[] {IMAGES, 1}, 'c'));
    Optimizer optimizer = new Optimizer.Nesterov(0.05, 0.9);
    assertAlike(
        optimizer, configuration(RESIDUAL, optimizer, 2), weighted, List.of(0.1, 0.5, 1.0, 0.25));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void fourClassesTrainAsInDl4jsOwnFitWithWeightsAndSmoothedLabels(Loss loss) {
    DataSet weighted = minibatch();
    weighted.setLabelsMaskArray(
        Nd4j.create(new float[] {3, 0.5f, 3, 0.5f, 3, 0.5f}, new long[] {IMAGES, 1}, 'c'));
    float[] labels = new float[IMAGES * 4];
    Arrays.fill(labels, 0.05f);
    for (int i = 0; i < IMAGES; i++) {
      labels[4 * i + i % 4] = 0.85f;
    }
    weighted.setLabels(Nd4j.create(labels, new long[] {IMAGES, 4}, 'c'));
    Optimizer optimizer = new Optimizer.Nesterov(0.05, 0.9);
    Architecture architecture =
        new Architecture("net", LAYERS, loss, optimizer, IMAGES, 1, Recipe.PLAIN);
    NetworkConfiguration configuration =
        NetworkBuilder.configuration(architecture, 4, IMAGE.height(), IMAGE.width(), 3);
    assertAlike(optimizer, configuration, weighted, List.of(0.1, 0.5, 1.0, 0.25));
  }

  @Test
  void theOutputsOfFourClassesAreDl4jsOwnAndSumToOne() {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    Architecture architecture =
        new Architecture(
            "net", LAYERS, Loss.CROSS_ENTROPY, new Optimizer.Sgd(1), IMAGES, 1, Recipe.PLAIN);
    Network network =
        NetworkBuilder.configuration(architecture, 4, IMAGE.height(), IMAGE.width(), 3)
            .initialized();
    INDArray pixels = minibatch().getFeatures();
    try (Predictor dl4j = Engine.DL4J.predictor(network, IMAGE, 1, Precision.FLOAT32);
        Predictor oneDnn = Engine.ONEDNN.predictor(network, IMAGE, 2, Precision.FLOAT32)) {
      INDArray output = oneDnn.output(pixels);
      assertArrayEquals(new long[] {IMAGES, 4}, output.shape());
      assertArrayEquals(
          dl4j.output(pixels).toFloatMatrix()[IMAGES - 1],
          output.toFloatMatrix()[IMAGES - 1],
          1e-5f);
      assertEquals(IMAGES, output.sumNumber().doubleValue(), 1e-4);
    }
  }

  /** Trains by either; the parameters at the end. */
  private static float[] assertAlike(
      Optimizer optimizer, double weightDecay, DataSet minibatch, List<Double> factors) {
    return assertAlike(
        optimizer, configuration(LAYERS, optimizer, weightDecay), minibatch, factors);
  }

  private static float[] assertAlike(
      Optimizer optimizer,
      NetworkConfiguration configuration,
      DataSet minibatch,
      List<Double> factors) {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    Network plain = configuration.initialized();
    Network fast = configuration.initialized();
    try (LocalTrainer dl4j = Engine.DL4J.trainer(plain, IMAGE, 1, Precision.FLOAT32);
        LocalTrainer oneDnn = Engine.ONEDNN.trainer(fast, IMAGE, 2, Precision.FLOAT32)) {
      for (int step = 0; step < STEPS; step++) {
        double factor = factors.get(step % factors.size());
        LocalTrainer.Fit expected = dl4j.fit(minibatch, factor, step);
        LocalTrainer.Fit actual = oneDnn.fit(minibatch, factor, step);
        assertEquals(expected.loss(), actual.loss(), 1e-4);
        assertEquals(optimizer.learningRate() * factor, actual.learningRate());
        assertEquals(expected.learningRate(), actual.learningRate());
      }
    }
    float[] parameters = fast.parameters().toFloatVector();
    assertArrayEquals(plain.parameters().toFloatVector(), parameters, 2e-4f);
    assertEquals(plain.configuration().iterations(), fast.configuration().iterations());
    return parameters;
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return sum;
  }

  private static MultiLayerNetwork network(Optimizer optimizer, double weightDecay) {
    return ((LayersNetwork) configuration(LAYERS, optimizer, weightDecay).initialized()).dl4j();
  }

  private static NetworkConfiguration configuration(
      List<Layer> layers, Optimizer optimizer, double weightDecay) {
    return configuration(layers, optimizer, weightDecay, 0);
  }

  private static NetworkConfiguration configuration(
      List<Layer> layers, Optimizer optimizer, double weightDecay, double gradientClipping) {
    Recipe recipe =
        Recipes.plain().weightDecay(weightDecay).gradientClipping(gradientClipping).recipe();
    return NetworkBuilder.configuration(
        new Architecture("net", layers, Loss.CROSS_ENTROPY, optimizer, IMAGES, 1, recipe),
        2,
        IMAGE.height(),
        IMAGE.width(),
        3);
  }

  private static DataSet minibatch() {
    Random random = new Random(1);
    INDArray pixels =
        Nd4j.createUninitialized(DataType.UINT8, IMAGES, IMAGE.height(), IMAGE.width(), 3);
    for (long i = 0; i < pixels.length(); i++) {
      pixels.data().put(i, random.nextInt(256));
    }
    float[] labels = new float[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i % 2;
    }
    return new DataSet(pixels, Nd4j.create(labels, new long[] {IMAGES, 1}, 'c'));
  }
}
