package io.convoy.onnx;

import static io.convoy.onnx.OnnxGraph.integers;

import io.convoy.network.SamePadding;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** How a convolution or a pooling moves over maps; each pair is of height and width. */
record OnnxWindow(int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {

  static OnnxWindow of(ConvolutionLayer layer) {
    return new OnnxWindow(
        layer.getKernelSize(),
        layer.getStride(),
        layer.getPadding(),
        layer.getDilation(),
        layer.getConvolutionMode());
  }

  static OnnxWindow of(SubsamplingLayer layer) {
    return new OnnxWindow(
        layer.getKernelSize(),
        layer.getStride(),
        layer.getPadding(),
        layer.getDilation(),
        layer.getConvolutionMode());
  }

  /** In ONNX' words, over maps of one size. */
  List<AttributeProto> attributes(InputTypeConvolutional maps) {
    long[] size = {maps.getHeight(), maps.getWidth()};
    long[] pads = new long[4];
    for (int side = 0; side < 2; side++) {
      if (mode == ConvolutionMode.Same) {
        long reach = (long) (kernel[side] - 1) * dilation[side] + 1;
        SamePadding same = SamePadding.of(size[side], reach, stride[side]);
        pads[side] = same.before();
        pads[side + 2] = same.after();
      } else {
        pads[side] = padding[side];
        pads[side + 2] = padding[side];
      }
    }
    return List.of(
        integers("kernel_shape", kernel[0], kernel[1]),
        integers("strides", stride[0], stride[1]),
        integers("dilations", dilation[0], dilation[1]),
        integers("pads", pads));
  }
}
