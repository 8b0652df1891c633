package io.convoy.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss in which each example has a weight. A mask of the labels does not do: DL4J (1.0.0-M2)
 * takes it for zeros and ones. Its layers multiply the output's pre-activations by it too, and
 * where it has the size of the labels its losses multiply the gradient by it twice.
 */
public final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private transient INDArray weights;

  public WeightedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /** The loss without the weights. */
  public ILossFunction loss() {
    return loss;
  }

  /**
   * Says what the examples of the next minibatch weigh.
   *
   * @param next float32 [images, 1]; null for 1
   */
  public void weigh(INDArray next) {
    weights = next;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    if (weights == null) {
      return loss.computeScore(labels, preOutput, activation, null, average);
    }
    double sum = computeScoreArray(labels, preOutput, activation, null).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray each = loss.computeScoreArray(labels, preOutput, activation, null);
    return weights == null ? each : each.mul(weights.reshape(each.shape()));
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray gradient = loss.computeGradient(labels, preOutput, activation, null);
    return weights == null ? gradient : gradient.muliColumnVector(weights);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return loss.name();
  }
}
