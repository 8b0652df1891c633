package io.convoy.engine;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss in which each example has a weight. DL4J's own mask of the labels does not do: its layers
 * (1.0.0-M2) multiply the output's pre-activations by it too, as if it were of zeros and ones. It
 * is in a network only while this trains, and in no file.
 */
final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private transient INDArray weights;

  WeightedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /** The loss without the weights. */
  ILossFunction loss() {
    return loss;
  }

  /**
   * Says what the examples of the next minibatch weigh.
   *
   * @param next float32 [images, 1]; null for 1
   */
  void weigh(INDArray next) {
    weights = next;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return loss.computeScore(labels, preOutput, activation, weights, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, preOutput, activation, weights);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return loss.computeGradient(labels, preOutput, activation, weights);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return loss.computeGradientAndScore(labels, preOutput, activation, weights, average);
  }

  @Override
  public String name() {
    return loss.name();
  }
}
