package io.convoy.engine;

import io.convoy.evaluate.Temperature;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Predicts what a network says, scaled by a temperature. */
final class ScalingPredictor implements Predictor {
  private final Predictor predictor;
  private final Temperature temperature;

  ScalingPredictor(Predictor predictor, Temperature temperature) {
    this.predictor = predictor;
    this.temperature = temperature;
  }

  @Override
  public INDArray output(INDArray pixels) {
    INDArray output = predictor.output(pixels);
    float[] probabilities = output.dup('c').data().asFloat();
    temperature.scale(probabilities, (int) output.size(1));
    return Nd4j.createFromArray(probabilities).reshape('c', output.shape());
  }

  @Override
  public void readParameters() {
    predictor.readParameters();
  }

  @Override
  public void close() {
    predictor.close();
  }
}
