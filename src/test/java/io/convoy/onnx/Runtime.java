package io.convoy.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import onnx.Onnx.ModelProto;

/** What onnxruntime computes. */
final class Runtime {
  private Runtime() {}

  /**
   * A network's output.
   *
   * @param planes float32 [images, 3, height, width]
   */
  static float[] output(
      ModelProto model, String output, float[] planes, int images, int height, int width) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = environment.createSession(model.toByteArray(), options);
          OnnxTensor input =
              OnnxTensor.createTensor(
                  environment, FloatBuffer.wrap(planes), new long[] {images, 3, height, width});
          OrtSession.Result result =
              session.run(Map.of(model.getGraph().getInput(0).getName(), input))) {
        FloatBuffer numbers = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
        float[] all = new float[numbers.remaining()];
        numbers.get(all);
        return all;
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
