package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Base;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Recipe;
import io.convoy.settings.Recipes;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class FineTuningTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;

  /** A network of the user's, with five classes. */
  private static Network layers(int channels, CNN2DFormat format) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.1))
                .biasUpdater(new Adam(0.2))
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .dataFormat(format)
                        .activation(org.nd4j.linalg.activations.Activation.RELU)
                        .build())
                .layer(
                    new ConvolutionLayer.Builder(3, 3)
                        .nOut(5)
                        .dataFormat(format)
                        .activation(org.nd4j.linalg.activations.Activation.RELU)
                        .build())
                .layer(
                    new DenseLayer.Builder()
                        .nOut(6)
                        .activation(org.nd4j.linalg.activations.Activation.TANH)
                        .build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(5)
                        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, channels, format))
                .build());
    network.init();
    network.setEpochCount(7);
    network.setIterationCount(70);
    return new LayersNetwork(network);
  }

  private static Network layers() {
    return layers(3, CNN2DFormat.NCHW);
  }

  /** Of six parts: convolution, two of the branch, sum, its activation, pooling; and the output. */
  private static Network graph() {
    Layer.Convolution conv =
        new Layer.Convolution(4, 3, 3, 1, 1, Padding.SAME, Activation.IDENTITY);
    return NetworkBuilder.configuration(
            new Architecture(
                "saved",
                List.of(
                    conv,
                    new Layer.Residual(
                        List.of(conv, new Layer.BatchNormalization(0.9, Activation.IDENTITY)),
                        Activation.RELU),
                    new Layer.GlobalPooling(PoolingKind.AVERAGE)),
                Loss.MSE,
                new Optimizer.Sgd(0.1),
                2,
                1),
            2,
            HEIGHT,
            WIDTH,
            3)
        .initialized();
  }

  private static Recipe recipe(double decay, double clipping) {
    return Recipes.plain().weightDecay(decay).gradientClipping(clipping).recipe();
  }

  private static Architecture tuned(String keep, String freeze, double decay, Layer... head) {
    return new Architecture(
        "mine",
        new Base.Saved("pets.zip", keep, freeze),
        List.of(head),
        Loss.CROSS_ENTROPY,
        new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8),
        2,
        1,
        recipe(decay, 0));
  }

  private static Network network(Network saved, String keep, String freeze, Layer... head) {
    return FineTuning.network(tuned(keep, freeze, 0, head), saved, 2, HEIGHT, WIDTH, 5);
  }

  @Test
  void whatTheModelsWeightsDecayedByAndItsGradientsWereClippedToIsNotTakenOver() {
    for (Network saved : List.of(layers(), graph())) {
      NetworkBuilder.regularize(saved.configuration(), recipe(0.1, 2));
      String tuned = network(saved, "all", "0", dense(3)).configuration().json();
      assertFalse(tuned.contains("WeightDecay"), tuned);
      assertFalse(tuned.contains("ClipL2PerLayer"), tuned);
    }
  }

  @Test
  void theHeadHasTheClassesOfTheNewImagesWhateverTheModelsAre() {
    for (Network saved : List.of(layers(), graph())) {
      Network five = FineTuning.network(tuned("all", "0", 0, dense(3)), saved, 5, HEIGHT, WIDTH, 1);
      INDArray output = five.output(Nd4j.rand(DataType.FLOAT, 2, 3, HEIGHT, WIDTH));
      assertArrayEquals(new long[] {2, 5}, output.shape());
      assertEquals(2, output.sumNumber().doubleValue(), 1e-5);
      Network two = FineTuning.network(tuned("all", "0", 0), five, 2, HEIGHT, WIDTH, 1);
      assertEquals(1, two.output(Nd4j.rand(DataType.FLOAT, 1, 3, HEIGHT, WIDTH)).length());
    }
  }

  private static Layer dense(int units) {
    return new Layer.Dense(units, Activation.RELU);
  }

  private static String refusal(Network saved, String keep, String freeze, Layer... head) {
    return assertThrows(UserException.class, () -> network(saved, keep, freeze, head)).getMessage();
  }

  private static double[] first(Network network, long parameters) {
    return Arrays.copyOf(network.parameters().toDoubleVector(), (int) parameters);
  }

  private static List<Boolean> frozen(Network network) {
    return network.configuration().nodes().stream().map(NetworkNode::isFrozen).toList();
  }

  /** Convolutions of 112 and 185 parameters, and a dense layer of 240 inputs. */
  @Test
  void theKeptLayersHaveTheirParametersAndTheHeadIsNew() {
    Network saved = layers();
    Network network = network(saved, "all", "all");

    long kept = 112 + 185 + 240 * 6 + 6;
    assertEquals(kept + 7, network.parameters().length());
    assertArrayEquals(first(saved, kept), first(network, kept));
    assertEquals(List.of(true, true, true, false), frozen(network));
  }

  @Test
  void aHeadOfItsOwnComesBehindTheLayersThatAreKept() {
    Network saved = layers();
    Network network = network(saved, "2", "1", new Layer.Dropout(0.5), dense(3));

    assertArrayEquals(first(saved, 112 + 185), first(network, 112 + 185));
    assertEquals(112 + 185 + 240 * 3 + 3 + 4, network.parameters().length());
    assertEquals(List.of(true, false, false, false, false), frozen(network));
  }

  @Test
  void aPartOfAGraphIsKeptByItsName() {
    Network saved = graph();
    Network network = network(saved, "2-sum", "1-1", dense(3));

    assertArrayEquals(first(saved, 112 + 148 + 16), first(network, 112 + 148 + 16));
    assertEquals(
        List.of("1-1", "2.1-1", "2.2-1", "2-sum", "head-1", "head-2"),
        network.configuration().nodes().stream().map(NetworkNode::name).toList());
    assertEquals(List.of(true, false, false, false, false, false), frozen(network));
  }

  @Test
  void whatANodeReadsIsFrozenWithIt() {
    assertEquals(
        List.of(true, true, true, false, false, false, false),
        frozen(network(graph(), "all", "2-sum")));
  }

  @Test
  void aFineTunedNetworkIsABaseToo() {
    Network once = network(graph(), "all", "all", dense(3));
    Network twice = network(once, "all", "0", dense(2));

    long kept = once.parameters().length() - 4;
    assertArrayEquals(first(once, kept), first(twice, kept));
    assertTrue(frozen(twice).stream().noneMatch(each -> each));
    Network layersTwice = network(network(layers(), "all", "all", dense(3)), "4", "1");
    assertEquals(List.of(true, false, false, false, false), frozen(layersTwice));
  }

  @Test
  void trainingBeginsAtTheBeginning() {
    NetworkConfiguration configuration = network(layers(), "all", "all").configuration();
    assertEquals(0, configuration.epochs());
    assertEquals(0, configuration.iterations());
  }

  @Test
  void theOptimizerIsThatOfTheSettingsForBiasesToo() {
    for (NetworkNode node : network(layers(), "all", "1").configuration().nodes()) {
      BaseLayer layer = (BaseLayer) node.layer().orElseThrow();
      assertTrue(node.isFrozen() || layer.getIUpdater().equals(new Adam(0.01)), node.name());
      assertEquals(null, layer.getBiasUpdater());
    }
  }

  @Test
  void theHeadDependsOnTheSeed() {
    Network saved = layers();
    Architecture architecture = tuned("2", "all", 0, dense(3));
    double[] one =
        FineTuning.network(architecture, saved, 2, HEIGHT, WIDTH, 1).parameters().toDoubleVector();
    assertArrayEquals(
        one,
        FineTuning.network(architecture, saved, 2, HEIGHT, WIDTH, 1).parameters().toDoubleVector());
    double[] other =
        FineTuning.network(architecture, saved, 2, HEIGHT, WIDTH, 2).parameters().toDoubleVector();
    assertFalse(Arrays.equals(one, other));
  }

  @Test
  void weightsDecayThatAreTrained() {
    Network network = FineTuning.network(tuned("all", "2", 0.1), layers(), 2, HEIGHT, WIDTH, 1);
    assertEquals(
        List.of(0, 0, 1, 1),
        network.configuration().nodes().stream()
            .map(node -> ((BaseLayer) node.layer().orElseThrow()).getRegularization().size())
            .toList());
  }

  @Test
  void convolutionsAloneTakeImagesOfAnySize() {
    Network network =
        FineTuning.network(tuned("2-activation", "all", 0), graph(), 2, HEIGHT + 3, WIDTH, 1);
    assertEquals(1, network.output(Nd4j.rand(DataType.FLOAT, 1, 3, HEIGHT + 3, WIDTH)).length());
  }

  @ParameterizedTest
  @CsvSource({"24, 10", "12, 11", "10, 12"})
  void imagesOfAnotherSizeThanTheDenseLayersWantAreRefused(int height, int width) {
    UserException refused =
        assertThrows(
            UserException.class,
            () -> FineTuning.network(tuned("all", "all", 0), layers(), 2, height, width, 1));
    assertTrue(
        refused
            .getMessage()
            .matches(".*base does not fit images of \\d+ x \\d+.*layer 3 of pets.zip.*"),
        refused.getMessage());
  }

  @Test
  void imagesThatAreSmallerThanAKernelAreRefused() {
    UserException refused =
        assertThrows(
            UserException.class,
            () -> FineTuning.network(tuned("2", "all", 0), layers(), 2, 3, 3, 1));
    assertTrue(refused.getMessage().contains("layer 2 of pets.zip"), refused.getMessage());
  }

  @Test
  void networksOfGreyImagesAreRefused() {
    String refused = refusal(layers(1, CNN2DFormat.NCHW), "all", "all");
    assertTrue(refused.contains("layer 1 of pets.zip"), refused);
  }

  @Test
  void networksOfTwoImagesAreRefused() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("left", "right")
                .addVertex("both", new MergeVertex(), "left", "right")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(5)
                        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                        .build(),
                    "both")
                .setOutputs("out")
                .setInputTypes(
                    InputType.convolutional(HEIGHT, WIDTH, 3),
                    InputType.convolutional(HEIGHT, WIDTH, 3))
                .build());
    graph.init();
    String refused = refusal(new GraphNetwork(graph), "all", "all");
    assertTrue(refused.contains("pets.zip takes [left, right] and gives [out]"), refused);
  }

  @Test
  void networksOfChannelsLastAreRefused() {
    String refused = refusal(layers(3, CNN2DFormat.NHWC), "all", "all");
    assertTrue(refused.contains("channels last"), refused);
  }

  @ParameterizedTest
  @CsvSource({"0, all", "4, all", "5, all", "conv, all", "2, 3", "2, dense"})
  void layersThatAreNotThereAreRefusedWithThoseThatAre(String keep, String freeze) {
    String refused = refusal(layers(), keep, freeze);
    assertTrue(refused.startsWith("architectures.mine.base."), refused);
    assertTrue(
        refused.contains("1 ConvolutionLayer, 2 ConvolutionLayer, 3 DenseLayer, 4 OutputLayer")
            || refused.contains("kept, up to layer 2"),
        refused);
  }

  @Test
  void aHeadThatDoesNotGoBehindTheBaseIsRefused() {
    Layer.Convolution conv = new Layer.Convolution(4, 1, 1, 1, 1, Padding.SAME, Activation.RELU);
    String flat = refusal(layers(), "3", "all", conv);
    assertTrue(flat.contains("dense and dropout layers alone"), flat);
    String residual =
        refusal(layers(), "2", "all", new Layer.Residual(List.of(conv), Activation.RELU));
    assertTrue(
        residual.contains("no residual, squeeze-excitation, layer-norm or grouped-conv"), residual);
    Layer.Convolution large = new Layer.Convolution(4, 11, 11, 1, 1, Padding.NONE, Activation.RELU);
    String kernel = refusal(layers(), "2", "all", large);
    assertTrue(kernel.contains("kernel of 11 x 11, but only 8 x 6 arrives"), kernel);
  }
}
