package io.convoy.onnx;

import io.convoy.network.GraphConfiguration;
import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A DL4J graph in the making, with the parameters of its layers: for one image size, without its
 * output, all activations layers by themselves.
 */
final class ForeignLayers {
  private static final String IMAGE = "image";
  private static final String NORMALIZATION = "normalization";
  private static final String OUTPUT = "output";

  /** Whether a pooling's mean counts the padding too. */
  enum Divisor {
    IMAGE,
    IMAGE_AND_PADDING
  }

  private final GraphBuilder graph =
      new NeuralNetConfiguration.Builder()
          .dataType(DataType.FLOAT)
          .updater(new NoOp())
          .graphBuilder()
          .addInputs(IMAGE);
  private final Map<String, List<float[]>> parameters = new HashMap<>();
  private final Set<String> names;

  /**
   * @param names of the nodes, which no other vertex may have
   */
  ForeignLayers(Set<String> names) {
    this.names = new HashSet<>(names);
    this.names.add(IMAGE);
  }

  /** A name that nothing else has. */
  private String free(String wanted) {
    String name = wanted;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }

  /**
   * The image, of which the mean is taken off and which is divided by the deviation: a frozen batch
   * normalisation, so that a padding of what comes behind it is one of the normalised image.
   */
  ForeignPart image(Shape shape, float[] mean, float[] deviation) {
    String name = free(NORMALIZATION);
    float[] ones = {1, 1, 1};
    float[] variance = new float[deviation.length];
    for (int i = 0; i < variance.length; i++) {
      variance[i] = deviation[i] * deviation[i];
    }
    graph.addLayer(name, new FrozenLayer(normalization(mean.length, 0, 0.9)), IMAGE);
    parameters.put(name, List.of(ones, new float[3], mean, variance));
    return new ForeignPart(name, shape, ForeignPart.Form.MAPS, ForeignPart.Sign.ANY);
  }

  private static BatchNormalization normalization(int channels, double epsilon, double momentum) {
    // The variance as it is: that of several workers can be averaged, its logarithm cannot.
    return new BatchNormalization.Builder()
        .nIn(channels)
        .nOut(channels)
        .eps(epsilon)
        .decay(momentum)
        .useLogStd(false)
        .build();
  }

  /**
   * @param statistics scale, shift, mean and variance
   */
  ForeignPart normalization(
      ForeignNode node, ForeignPart input, List<float[]> statistics, double epsilon, double decay) {
    add(node, normalization(input.shape().channels(), epsilon, decay), statistics, input);
    return signed(node, input, ForeignPart.Sign.ANY);
  }

  private static ForeignPart signed(ForeignNode node, ForeignPart like, ForeignPart.Sign sign) {
    return new ForeignPart(node.name(), like.shape(), like.form(), sign);
  }

  private void add(ForeignNode node, Layer layer, List<float[]> weights, ForeignPart input) {
    graph.addLayer(node.name(), layer, input.vertex());
    parameters.put(node.name(), weights);
  }

  ForeignPart activation(
      ForeignNode node, ForeignPart input, IActivation function, ForeignPart.Sign sign) {
    add(node, new ActivationLayer.Builder().activation(function).build(), List.of(), input);
    return signed(node, input, sign);
  }

  /** What passes its input on in prediction. */
  ForeignPart identity(ForeignNode node, ForeignPart input) {
    return activation(node, input, new ActivationIdentity(), input.sign());
  }

  /** Maps as a vector, plane by plane. */
  ForeignPart flattened(ForeignNode node, ForeignPart input) {
    Shape maps = input.shape();
    graph.addLayer(
        node.name(),
        new ActivationLayer.Builder().activation(new ActivationIdentity()).build(),
        new CnnToFeedForwardPreProcessor(maps.height(), maps.width(), maps.channels()),
        input.vertex());
    parameters.put(node.name(), List.of());
    return new ForeignPart(
        node.name(), new Shape((int) maps.size(), 1, 1), ForeignPart.Form.VECTOR, input.sign());
  }

  /** Zeros around maps: top, bottom, left, right. */
  ForeignPart padded(ForeignNode node, ForeignPart input, int[] padding) {
    return padded(node.name(), input, padding);
  }

  private ForeignPart padded(String name, ForeignPart input, int[] padding) {
    graph.addLayer(name, new ZeroPaddingLayer.Builder(padding).build(), input.vertex());
    parameters.put(name, List.of());
    Shape shape = input.shape();
    return new ForeignPart(
        name,
        new Shape(
            shape.channels(),
            shape.height() + padding[0] + padding[1],
            shape.width() + padding[2] + padding[3]),
        ForeignPart.Form.MAPS,
        input.sign());
  }

  /** Padding that DL4J's layers lack comes before them. */
  private ForeignPart padded(ForeignNode node, ForeignPart input, ForeignWindow window) {
    return window.isSymmetric()
        ? input
        : padded(free(node.name() + "/padding"), input, window.padding());
  }

  private static int[] padding(ForeignWindow window) {
    return window.isSymmetric() ? window.before() : new int[2];
  }

  /**
   * @param weights [outputs, inputs, height, width]
   * @param bias [outputs]
   */
  ForeignPart convolution(
      ForeignNode node,
      ForeignPart input,
      ForeignWindow window,
      float[] weights,
      Optional<float[]> bias,
      int outputs) {
    ForeignPart padded = padded(node, input, window);
    add(
        node,
        convolution(window, input.shape().channels(), outputs, bias.isPresent()),
        weights(weights, bias),
        padded);
    return maps(node, window, outputs);
  }

  private static ForeignPart maps(ForeignNode node, ForeignWindow window, int channels) {
    return new ForeignPart(
        node.name(), window.output(channels), ForeignPart.Form.MAPS, ForeignPart.Sign.ANY);
  }

  private static List<float[]> weights(float[] weights, Optional<float[]> bias) {
    return bias.map(values -> List.of(values, weights)).orElse(List.of(weights));
  }

  private static Layer convolution(ForeignWindow window, int inputs, int outputs, boolean biased) {
    return new ConvolutionLayer.Builder(window.kernel())
        .stride(window.stride())
        .padding(padding(window))
        .dilation(window.dilation())
        .convolutionMode(ConvolutionMode.Truncate)
        .nIn(inputs)
        .nOut(outputs)
        .hasBias(biased)
        .activation(new ActivationIdentity())
        .build();
  }

  /**
   * A convolution of each channel by itself.
   *
   * @param weights [outputs, 1, height, width], where an input's outputs are neighbours
   */
  ForeignPart depthwise(
      ForeignNode node,
      ForeignPart input,
      ForeignWindow window,
      float[] weights,
      Optional<float[]> bias,
      int outputs) {
    ForeignPart padded = padded(node, input, window);
    int inputs = input.shape().channels();
    add(
        node,
        new DepthwiseConvolution2D.Builder(window.kernel())
            .stride(window.stride())
            .padding(padding(window))
            .dilation(window.dilation())
            .convolutionMode(ConvolutionMode.Truncate)
            .nIn(inputs)
            .nOut(outputs)
            .depthMultiplier(outputs / inputs)
            .hasBias(bias.isPresent())
            .activation(new ActivationIdentity())
            .build(),
        // DL4J has [height, width, inputs, outputs an input].
        weights(DenseWeights.transposed(weights, outputs), bias),
        padded);
    return maps(node, window, outputs);
  }

  /**
   * Convolutions side by side, each of its share of the channels, which DL4J has no layer for.
   *
   * @param weights [outputs, inputs of a group, height, width]
   */
  ForeignPart grouped(
      ForeignNode node,
      ForeignPart input,
      ForeignWindow window,
      float[] weights,
      Optional<float[]> bias,
      int outputs,
      int groups) {
    ForeignPart padded = padded(node, input, window);
    int in = input.shape().channels() / groups;
    int out = outputs / groups;
    int length = weights.length / groups;
    String[] parts = new String[groups];
    for (int group = 0; group < groups; group++) {
      String share = free(node.name() + "/share-" + (group + 1));
      graph.addVertex(share, new SubsetVertex(group * in, (group + 1) * in - 1), padded.vertex());
      parts[group] = free(node.name() + "/group-" + (group + 1));
      graph.addLayer(parts[group], convolution(window, in, out, bias.isPresent()), share);
      int of = group;
      parameters.put(
          parts[group],
          weights(part(weights, of * length, length), bias.map(all -> part(all, of * out, out))));
    }
    graph.addVertex(node.name(), new MergeVertex(), parts);
    return maps(node, window, outputs);
  }

  private static float[] part(float[] all, int from, int length) {
    return Arrays.copyOfRange(all, from, from + length);
  }

  ForeignPart dense(ForeignNode node, ForeignPart input, DenseWeights weights) {
    int outputs = weights.bias().length;
    add(
        node,
        new DenseLayer.Builder()
            .nIn(input.shape().size())
            .nOut(outputs)
            .activation(new ActivationIdentity())
            .build(),
        List.of(weights.rows(), weights.bias()),
        input);
    return new ForeignPart(
        node.name(), new Shape(outputs, 1, 1), ForeignPart.Form.VECTOR, ForeignPart.Sign.ANY);
  }

  /** A pooling with the same padding on both sides. */
  ForeignPart pooling(
      ForeignNode node,
      ForeignPart input,
      ForeignWindow window,
      PoolingType type,
      Divisor divisor) {
    return pooling(node, input, window, type, divisor, ConvolutionMode.Truncate, window.before());
  }

  /** A pooling with as little padding as there can be, the odd pixel behind. */
  ForeignPart poolingToSame(
      ForeignNode node, ForeignPart input, ForeignWindow window, PoolingType type) {
    return pooling(node, input, window, type, Divisor.IMAGE, ConvolutionMode.Same, new int[2]);
  }

  /** A pooling of what has zeros around it, that count as values. */
  ForeignPart poolingOfPadded(
      ForeignNode node, ForeignPart input, ForeignWindow window, PoolingType type) {
    ForeignPart padded = padded(free(node.name() + "/padding"), input, window.padding());
    return pooling(node, padded, window, type, Divisor.IMAGE, ConvolutionMode.Truncate, new int[2]);
  }

  private ForeignPart pooling(
      ForeignNode node,
      ForeignPart input,
      ForeignWindow window,
      PoolingType type,
      Divisor divisor,
      ConvolutionMode mode,
      int[] padding) {
    add(
        node,
        new SubsamplingLayer.Builder(type)
            .kernelSize(window.kernel())
            .stride(window.stride())
            .padding(padding)
            .convolutionMode(mode)
            .avgPoolIncludePadInDivisor(divisor == Divisor.IMAGE_AND_PADDING)
            .build(),
        List.of(),
        input);
    return new ForeignPart(
        node.name(), window.output(input.shape().channels()), ForeignPart.Form.MAPS, input.sign());
  }

  /** A number a channel, as a vector. */
  ForeignPart globalPooling(ForeignNode node, ForeignPart input, PoolingType type) {
    add(node, new GlobalPoolingLayer.Builder(type).build(), List.of(), input);
    return point(node, input, ForeignPart.Form.VECTOR);
  }

  /** A number a channel, as maps of one pixel. */
  ForeignPart squeezed(ForeignNode node, ForeignPart input, PoolingType type) {
    add(
        node,
        new GlobalPoolingLayer.Builder(type).collapseDimensions(false).build(),
        List.of(),
        input);
    return point(node, input, ForeignPart.Form.MAPS);
  }

  private static ForeignPart point(ForeignNode node, ForeignPart maps, ForeignPart.Form form) {
    return new ForeignPart(
        node.name(), new Shape(maps.shape().channels(), 1, 1), form, maps.sign());
  }

  /**
   * Maps times a factor for each channel.
   *
   * @param factors maps of one pixel
   */
  ForeignPart product(ForeignNode node, ForeignPart maps, ForeignPart factors) {
    Shape shape = maps.shape();
    String repeated = free(node.name() + "/repeated");
    graph.addLayer(
        repeated,
        new Upsampling2D.Builder().size(new int[] {shape.height(), shape.width()}).build(),
        factors.vertex());
    parameters.put(repeated, List.of());
    graph.addVertex(
        node.name(), new ElementWiseVertex(ElementWiseVertex.Op.Product), maps.vertex(), repeated);
    boolean positive =
        maps.sign() == ForeignPart.Sign.NOT_NEGATIVE
            && factors.sign() == ForeignPart.Sign.NOT_NEGATIVE;
    return signed(node, maps, positive ? ForeignPart.Sign.NOT_NEGATIVE : ForeignPart.Sign.ANY);
  }

  /** The sum of values of one shape. */
  ForeignPart sum(ForeignNode node, List<ForeignPart> inputs) {
    String so = inputs.get(0).vertex();
    for (int i = 1; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      String name = last ? node.name() : free(node.name() + "/sum-" + i);
      graph.addVertex(
          name, new ElementWiseVertex(ElementWiseVertex.Op.Add), so, inputs.get(i).vertex());
      so = name;
    }
    boolean positive =
        inputs.stream().allMatch(input -> input.sign() == ForeignPart.Sign.NOT_NEGATIVE);
    return signed(
        node, inputs.get(0), positive ? ForeignPart.Sign.NOT_NEGATIVE : ForeignPart.Sign.ANY);
  }

  /** The channels of values of one height and width, one behind the other. */
  ForeignPart concatenation(ForeignNode node, List<ForeignPart> inputs) {
    graph.addVertex(
        node.name(),
        new MergeVertex(),
        inputs.stream().map(ForeignPart::vertex).toArray(String[]::new));
    Shape first = inputs.get(0).shape();
    int channels = inputs.stream().mapToInt(input -> input.shape().channels()).sum();
    boolean positive =
        inputs.stream().allMatch(input -> input.sign() == ForeignPart.Sign.NOT_NEGATIVE);
    return new ForeignPart(
        node.name(),
        new Shape(channels, first.height(), first.width()),
        inputs.get(0).form(),
        positive ? ForeignPart.Sign.NOT_NEGATIVE : ForeignPart.Sign.ANY);
  }

  /**
   * The network up to a value, and an output behind it that computes nothing: a network of DL4J's
   * has one.
   */
  Network build(ForeignPart end) {
    String output = free(OUTPUT);
    graph.addLayer(
        output,
        new ActivationLayer.Builder().activation(new ActivationIdentity()).build(),
        end.vertex());
    NetworkConfiguration configuration = new GraphConfiguration(graph.setOutputs(output).build());
    List<float[]> ordered = new ArrayList<>();
    for (NetworkNode node : configuration.nodes()) {
      List<float[]> weights = parameters.getOrDefault(node.name(), List.of());
      long given = weights.stream().mapToLong(part -> part.length).sum();
      if (given != node.parameters()) {
        throw new IllegalStateException(
            node.name() + " has " + node.parameters() + " parameters, not " + given);
      }
      ordered.addAll(weights);
    }
    return configuration.on(row(ordered));
  }

  private static INDArray row(List<float[]> parts) {
    long length = parts.stream().mapToLong(part -> part.length).sum();
    INDArray row = Nd4j.createUninitialized(DataType.FLOAT, 1, length);
    long at = 0;
    for (float[] part : parts) {
      row.get(NDArrayIndex.all(), NDArrayIndex.interval(at, at + part.length))
          .assign(Nd4j.create(part, new long[] {1, part.length}, 'c'));
      at += part.length;
    }
    return row;
  }
}
