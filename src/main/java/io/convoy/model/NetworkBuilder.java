package io.convoy.model;

import io.convoy.failure.UserException;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Makes DL4J's configuration of an architecture.
 *
 * <p>Input: {@code [batch, 3, height, width]}, float32. Output: {@code [batch, 1]}, the probability
 * of the positive class. Weights begin as Glorot's uniform distribution (Glorot and Bengio 2010),
 * biases as 0: what Keras does by default, and so what the tutorial's networks began with.
 */
public final class NetworkBuilder {
  private static final int CHANNELS = 3;

  private NetworkBuilder() {}

  /**
   * The network's configuration, complete with the sizes of all layers.
   *
   * @param height height of the images in pixels
   * @param width width of the images in pixels
   * @param seed decides the initial weights and the dropout
   * @throws UserException when a kernel is larger than what arrives at its layer
   */
  public static MultiLayerConfiguration configuration(
      Architecture architecture, int height, int width, long seed) {
    NetworkSummary.of(architecture, height, width);
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(updater(architecture.optimizer()))
            .list();
    for (Layer layer : architecture.layers()) {
      layers.layer(layer(layer));
    }
    return layers
        .layer(
            new OutputLayer.Builder(loss(architecture.loss()))
                .nOut(1)
                .activation(org.nd4j.linalg.activations.Activation.SIGMOID)
                .build())
        .setInputType(InputType.convolutional(height, width, CHANNELS))
        .build();
  }

  private static org.deeplearning4j.nn.conf.layers.Layer layer(Layer layer) {
    if (layer instanceof Layer.Convolution conv) {
      return new ConvolutionLayer.Builder(conv.kernelHeight(), conv.kernelWidth())
          .nOut(conv.filters())
          .stride(conv.strideHeight(), conv.strideWidth())
          .convolutionMode(
              conv.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate)
          .activation(activation(conv.activation()))
          .build();
    }
    if (layer instanceof Layer.Pooling pool) {
      return new SubsamplingLayer.Builder(
              pool.kind() == PoolingKind.MAX ? PoolingType.MAX : PoolingType.AVG)
          .kernelSize(pool.kernelHeight(), pool.kernelWidth())
          .stride(pool.strideHeight(), pool.strideWidth())
          .convolutionMode(ConvolutionMode.Truncate)
          .build();
    }
    if (layer instanceof Layer.Dense dense) {
      return new DenseLayer.Builder()
          .nOut(dense.units())
          .activation(activation(dense.activation()))
          .build();
    }
    // DL4J asks for the probability of keeping a value, Keras and convoy for that of dropping it.
    return new DropoutLayer.Builder(1 - ((Layer.Dropout) layer).rate()).build();
  }

  private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
    return switch (activation) {
      case RELU -> org.nd4j.linalg.activations.Activation.RELU;
      case TANH -> org.nd4j.linalg.activations.Activation.TANH;
      case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
      case LEAKY_RELU -> org.nd4j.linalg.activations.Activation.LEAKYRELU;
      case ELU -> org.nd4j.linalg.activations.Activation.ELU;
    };
  }

  private static ILossFunction loss(Loss loss) {
    return switch (loss) {
      case MSE -> new LossMSE();
      case CROSS_ENTROPY -> new LossBinaryXENT();
    };
  }

  private static IUpdater updater(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Adam adam) {
      return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    }
    if (optimizer instanceof Optimizer.Nesterov nesterov) {
      return new Nesterovs(nesterov.learningRate(), nesterov.momentum());
    }
    return new Sgd(optimizer.learningRate());
  }
}
