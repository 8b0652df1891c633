package io.convoy.engine;

import io.convoy.image.MirroredView;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Predicts the mean of what a network says of an image and of another view of it. */
final class SecondViewPredictor implements Predictor {
  private final Predictor predictor;
  private final MirroredView view;

  SecondViewPredictor(Predictor predictor, MirroredView view) {
    this.predictor = predictor;
    this.view = view;
  }

  @Override
  public INDArray output(INDArray pixels) {
    // Another call may overwrite what a predictor returned.
    INDArray sum = predictor.output(pixels).dup('c');
    INDArray views = views(pixels);
    sum.addi(predictor.output(views)).muli(0.5);
    views.close();
    return sum;
  }

  private INDArray views(INDArray pixels) {
    byte[] images = new byte[Math.toIntExact(pixels.length())];
    new BytePointer(pixels.data().addressPointer()).get(images);
    byte[] seen = view.of(images);
    INDArray views = Nd4j.createUninitialized(DataType.UINT8, pixels.shape());
    new BytePointer(views.data().addressPointer()).put(seen, 0, seen.length);
    return views;
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
