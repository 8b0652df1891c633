package io.convoy.onnx;

import static io.convoy.onnx.OnnxFiles.integer;
import static io.convoy.onnx.OnnxFiles.ints;
import static io.convoy.onnx.OnnxFiles.number;
import static io.convoy.onnx.OnnxFiles.word;

import io.convoy.network.Network;
import io.convoy.onnx.OnnxFiles.Way;
import io.convoy.settings.Base;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.ModelProto;
import org.apache.hadoop.conf.Configuration;

/** Networks of the families that ImageNet made common, with few channels and random weights. */
public final class SmallNetworks {
  private static final long[] AROUND = {1, 1, 1, 1};
  private static final int CLASSES = 10;

  private SmallNetworks() {}

  /** How a network comes from feature maps to its classes. */
  public enum Head {
    GEMM,
    MATMUL_AND_ADD,
    RESHAPED,
    RESHAPED_BY_ITS_SHAPE,
    MEAN,
    CONVOLUTION
  }

  /**
   * A network.
   *
   * @param features the last value before its classes
   * @param model with that value and the classes as outputs
   */
  public record Small(String features, ModelProto model) {
    /** What convoy makes of it. */
    public Network read(Base.Onnx base, int height, int width) {
      try {
        Path file = Files.createTempFile("network", ".onnx");
        try {
          Files.write(file, asGiven().toByteArray());
          return new ForeignNetwork(Storage.at(file.toString(), new Configuration()))
              .load("mine", base, height, width);
        } finally {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The same with one output, as a user has it. */
    public ModelProto asGiven() {
      return model.toBuilder()
          .setGraph(model.getGraph().toBuilder().removeOutput(0).build())
          .build();
    }
  }

  private static Small ended(OnnxFiles file, String maps, int channels, Head head) {
    String pooled =
        head == Head.MEAN
            ? mean(file, maps)
            : file.node("pool5", "GlobalAveragePool", List.of(maps));
    String row =
        switch (head) {
          case GEMM, MATMUL_AND_ADD -> file.node("flatten", "Flatten", List.of(pooled));
          case RESHAPED -> file.node("reshape", "Reshape", List.of(pooled, file.longs(0, -1)));
          case RESHAPED_BY_ITS_SHAPE -> reshapedByItsShape(file, pooled);
          case MEAN, CONVOLUTION -> pooled;
        };
    String classes =
        switch (head) {
          case GEMM, RESHAPED, RESHAPED_BY_ITS_SHAPE, MEAN ->
              file.classes("fc", row, channels, CLASSES);
          case MATMUL_AND_ADD ->
              file.node(
                  "fc_bias",
                  "Add",
                  List.of(
                      file.node(
                          "fc",
                          "MatMul",
                          List.of(
                              row,
                              file.floats(
                                  file.random(channels * CLASSES, 0.5), channels, CLASSES))),
                      file.floats(file.random(CLASSES, 0.5), CLASSES)));
          case CONVOLUTION ->
              file.node(
                  "reshape",
                  "Reshape",
                  List.of(
                      file.plainConvolution("pred", row, channels, CLASSES, 1, 1),
                      file.longs(-1, CLASSES)));
        };
    return new Small(row, file.model(row, file.node("prob", "Softmax", List.of(classes))));
  }

  /** The axes are an input from operator set 18 on. */
  private static String mean(OnnxFiles file, String maps) {
    return file.operators() < 18
        ? file.node("mean", "ReduceMean", List.of(maps), ints("axes", 2, 3), integer("keepdims", 0))
        : file.node(
            "mean", "ReduceMean", List.of(maps, file.longs(-2, -1)), integer("keepdims", 0));
  }

  /** As PyTorch writes {@code x.view(x.size(0), -1)}. */
  private static String reshapedByItsShape(OnnxFiles file, String pooled) {
    String images =
        file.node(
            "images",
            "Gather",
            List.of(file.node("shape", "Shape", List.of(pooled)), file.longs(0)),
            integer("axis", 0));
    String sizes =
        file.node("sizes", "Concat", List.of(images, file.longs(-1)), integer("axis", 0));
    return file.node("reshape", "Reshape", List.of(pooled, sizes));
  }

  private static String stem(OnnxFiles file, String image, int channels) {
    String maps =
        file.relu(
            "relu1",
            file.normalizedConvolution(
                "conv1",
                image,
                3,
                channels,
                7,
                1,
                ints("pads", 3, 3, 3, 3),
                ints("strides", 2, 2)));
    return file.node(
        "maxpool",
        "MaxPool",
        List.of(maps),
        ints("kernel_shape", 3, 3),
        ints("pads", AROUND),
        ints("strides", 2, 2));
  }

  /** ResNet-18 and -34 (He et al. 2015), of two blocks. */
  public static Small resnet18(Way way, Head head, int height, int width) {
    OnnxFiles file = new OnnxFiles(way, 1, height, width);
    String maps = stem(file, file.image(), 8);
    maps = basicBlock(file, "layer1.0", maps, 8, 8, 1);
    maps = basicBlock(file, "layer2.0", maps, 8, 12, 2);
    return ended(file, maps, 12, head);
  }

  private static String basicBlock(
      OnnxFiles file, String name, String input, int inputs, int outputs, int stride) {
    String maps =
        file.relu(
            name + ".relu1",
            file.normalizedConvolution(
                name + ".conv1",
                input,
                inputs,
                outputs,
                3,
                1,
                ints("pads", AROUND),
                ints("strides", stride, stride)));
    maps =
        file.normalizedConvolution(
            name + ".conv2", maps, outputs, outputs, 3, 1, ints("pads", AROUND));
    return added(file, name, maps, input, inputs, outputs, stride);
  }

  private static String added(
      OnnxFiles file,
      String name,
      String branch,
      String input,
      int inputs,
      int outputs,
      int stride) {
    String straight =
        inputs == outputs && stride == 1
            ? input
            : file.normalizedConvolution(
                name + ".downsample",
                input,
                inputs,
                outputs,
                1,
                1,
                ints("strides", stride, stride));
    return file.relu(name + ".relu", file.node(name + ".add", "Add", List.of(branch, straight)));
  }

  /**
   * ResNet-50, of two blocks.
   *
   * @param groups of its 3 x 3 convolutions, more than one in ResNeXt (Xie et al. 2016)
   */
  public static Small resnet50(Way way, Head head, int groups, int height, int width) {
    OnnxFiles file = new OnnxFiles(way, 2, height, width);
    String maps = stem(file, file.image(), 8);
    maps = bottleneck(file, "layer1.0", maps, 8, 16, 1, groups);
    maps = bottleneck(file, "layer2.0", maps, 16, 24, 2, groups);
    return ended(file, maps, 24, head);
  }

  private static String bottleneck(
      OnnxFiles file, String name, String input, int inputs, int outputs, int stride, int groups) {
    int width = 8;
    String maps =
        file.relu(
            name + ".relu1",
            file.normalizedConvolution(name + ".conv1", input, inputs, width, 1, 1));
    maps =
        file.relu(
            name + ".relu2",
            file.normalizedConvolution(
                name + ".conv2",
                maps,
                width / groups,
                width,
                3,
                groups,
                ints("pads", AROUND),
                ints("strides", stride, stride)));
    maps = file.normalizedConvolution(name + ".conv3", maps, width, outputs, 1, 1);
    return added(file, name, maps, input, inputs, outputs, stride);
  }

  /** ResNet v2 (He et al. 2016) as MXNet writes it: it begins with a normalisation. */
  public static Small resnet18v2(Way way, Head head, int height, int width) {
    OnnxFiles file = new OnnxFiles(way, 3, height, width);
    String maps = file.normalization("bn_data", file.image(), 3, 2e-5f);
    maps = stem(file, maps, 8);
    maps = preactivated(file, "stage1_unit1", maps, 8, 8, 1);
    maps = preactivated(file, "stage2_unit1", maps, 8, 12, 2);
    maps = file.relu("relu_last", file.normalization("bn_last", maps, 12, 2e-5f));
    return ended(file, maps, 12, head);
  }

  private static String preactivated(
      OnnxFiles file, String name, String input, int inputs, int outputs, int stride) {
    String active =
        file.relu(name + "_relu1", file.normalization(name + "_bn1", input, inputs, 2e-5f));
    String maps =
        file.plainConvolution(
            name + "_conv1",
            active,
            inputs,
            outputs,
            3,
            1,
            ints("pads", AROUND),
            ints("strides", stride, stride));
    maps = file.relu(name + "_relu2", file.normalization(name + "_bn2", maps, outputs, 2e-5f));
    maps =
        file.plainConvolution(name + "_conv2", maps, outputs, outputs, 3, 1, ints("pads", AROUND));
    String straight =
        inputs == outputs
            ? input
            : file.plainConvolution(
                name + "_sc", active, inputs, outputs, 1, 1, ints("strides", stride, stride));
    return file.node(name + "_plus", "Add", List.of(maps, straight));
  }

  /** MobileNetV2 (Sandler et al. 2018), of three blocks. */
  public static Small mobilenet(Way way, Head head, int height, int width) {
    OnnxFiles file = new OnnxFiles(way, 4, height, width);
    String maps =
        file.relu6(
            "features.0.relu",
            file.normalizedConvolution(
                "features.0",
                file.image(),
                3,
                8,
                3,
                1,
                ints("pads", AROUND),
                ints("strides", 2, 2)));
    maps = inverted(file, "features.1", maps, 8, 8, 1);
    maps = inverted(file, "features.2", maps, 8, 12, 2);
    maps = inverted(file, "features.3", maps, 12, 12, 1);
    maps = file.relu6("last.relu", file.normalizedConvolution("last", maps, 12, 20, 1, 1));
    maps = file.node("drop", "Dropout", List.of(maps));
    return ended(file, maps, 20, head);
  }

  private static String inverted(
      OnnxFiles file, String name, String input, int inputs, int outputs, int stride) {
    int wide = inputs * 4;
    String maps =
        file.relu6(
            name + ".relu1",
            file.normalizedConvolution(name + ".expand", input, inputs, wide, 1, 1));
    maps =
        file.relu6(
            name + ".relu2",
            file.normalizedConvolution(
                name + ".depth",
                maps,
                1,
                wide,
                3,
                wide,
                ints("pads", AROUND),
                ints("strides", stride, stride)));
    maps = file.normalizedConvolution(name + ".project", maps, wide, outputs, 1, 1);
    return inputs == outputs && stride == 1
        ? file.node(name + ".add", "Add", List.of(input, maps))
        : maps;
  }

  /** EfficientNet (Tan and Le 2019), of three blocks. */
  public static Small efficientnet(Way way, Head head, int height, int width) {
    OnnxFiles file = new OnnxFiles(way, 8, height, width);
    String maps =
        swish(
            file,
            "features.0",
            file.normalizedConvolution(
                "features.0.0",
                file.image(),
                3,
                8,
                3,
                1,
                ints("pads", AROUND),
                ints("strides", 2, 2)));
    maps = excited(file, "features.1", maps, 8, 8, 1);
    maps = excited(file, "features.2", maps, 8, 12, 2);
    maps = excited(file, "features.3", maps, 12, 12, 1);
    maps = swish(file, "last", file.normalizedConvolution("last.0", maps, 12, 20, 1, 1));
    return ended(file, maps, 20, head);
  }

  private static String swish(OnnxFiles file, String name, String input) {
    return file.node(
        name + ".mul",
        "Mul",
        List.of(input, file.node(name + ".sigmoid", "Sigmoid", List.of(input))));
  }

  private static String excited(
      OnnxFiles file, String name, String input, int inputs, int outputs, int stride) {
    int wide = inputs * 4;
    String maps =
        swish(
            file,
            name + ".expand",
            file.normalizedConvolution(name + ".expand.0", input, inputs, wide, 1, 1));
    maps =
        swish(
            file,
            name + ".depth",
            file.normalizedConvolution(
                name + ".depth.0",
                maps,
                1,
                wide,
                3,
                wide,
                ints("pads", AROUND),
                ints("strides", stride, stride)));
    String means =
        stride == 1
            ? file.node(name + ".avgpool", "GlobalAveragePool", List.of(maps))
            : kept(file, name + ".avgpool", maps);
    String units =
        swish(file, name + ".fc1", file.biasedConvolution(name + ".fc1.0", means, wide, 4, 1, 1));
    String factors =
        file.node(
            name + ".scale",
            "Sigmoid",
            List.of(file.biasedConvolution(name + ".fc2", units, 4, wide, 1, 1)));
    // Both orders are to be found.
    List<String> both = stride == 1 ? List.of(factors, maps) : List.of(maps, factors);
    maps = file.node(name + ".excited", "Mul", both);
    maps = file.normalizedConvolution(name + ".project", maps, wide, outputs, 1, 1);
    return inputs == outputs && stride == 1
        ? file.node(name + ".add", "Add", List.of(input, maps))
        : maps;
  }

  /** A mean that is a pixel of maps. */
  private static String kept(OnnxFiles file, String name, String maps) {
    return file.operators() < 18
        ? file.node(name, "ReduceMean", List.of(maps), ints("axes", 2, 3))
        : file.node(name, "ReduceMean", List.of(maps, file.longs(2, 3)));
  }

  /** VGG (Simonyan and Zisserman 2014), with its dense layers, for images of one size. */
  public static Small vgg(Way way, int height, int width) {
    OnnxFiles file = new OnnxFiles(way, 5, height, width);
    String maps = file.image();
    int channels = 3;
    for (int stage = 1; stage <= 2; stage++) {
      for (int i = 1; i <= 2; i++) {
        String name = "conv" + stage + "_" + i;
        maps =
            file.relu(
                name + "_relu",
                file.normalizedConvolution(
                    name, maps, channels, 16 * stage, 3, 1, ints("pads", AROUND)));
        channels = 16 * stage;
      }
      maps =
          file.node(
              "pool" + stage,
              "MaxPool",
              List.of(maps),
              ints("kernel_shape", 2, 2),
              ints("strides", 2, 2));
    }
    int size = channels * (height / 4) * (width / 4);
    String row = file.node("flatten", "Flatten", List.of(maps));
    row = file.relu("fc6_relu", file.classes("fc6", row, size, 16));
    row = file.node("drop6", "Dropout", List.of(row));
    return new Small(
        row,
        file.model(row, file.node("prob", "Softmax", List.of(file.classes("fc7", row, 16, 10)))));
  }

  /** What the families have not: uneven padding, several outputs an input, padded means. */
  public static Small uneven(Way way, int height, int width) {
    OnnxFiles file = new OnnxFiles(way, 6, height, width);
    return ended(file, unevenMaps(file), 16, Head.GEMM);
  }

  private static String unevenMaps(OnnxFiles file) {
    String maps =
        file.relu(
            "relu",
            file.biasedConvolution(
                "uneven",
                file.image(),
                3,
                8,
                3,
                1,
                ints("pads", 0, 1, 1, 2),
                ints("strides", 2, 1)));
    maps =
        file.node(
            "counted",
            "AveragePool",
            List.of(maps),
            ints("kernel_shape", 3, 3),
            ints("pads", AROUND),
            ints("strides", 1, 1),
            integer("count_include_pad", 1));
    maps = file.biasedConvolution("doubled", maps, 1, 16, 3, 8, word("auto_pad", "SAME_UPPER"));
    maps =
        file.node(
            "uncounted",
            "AveragePool",
            List.of(maps),
            ints("kernel_shape", 3, 2),
            ints("pads", 1, 1, 1, 1),
            ints("strides", 2, 1));
    maps =
        file.node(
            "same",
            "MaxPool",
            List.of(maps),
            ints("kernel_shape", 2, 2),
            word("auto_pad", "SAME_UPPER"),
            ints("strides", 1, 1));
    String padded =
        file.operators() < 11
            ? file.node("pad", "Pad", List.of(maps), ints("pads", 0, 0, 1, 0, 0, 0, 2, 1))
            : file.node("pad", "Pad", List.of(maps, file.longs(0, 0, 1, 0, 0, 0, 2, 1)));
    return file.plainConvolution("padded", padded, 16, 16, 2, 1);
  }

  /** The same, then groups, a kernel with holes, feature maps side by side, and a slope below 0. */
  public static Small odd(Way way, int height, int width) {
    OnnxFiles file = new OnnxFiles(way, 7, height, width);
    String maps = file.node("leaky", "LeakyRelu", List.of(unevenMaps(file)), number("alpha", 0.2f));
    String one = file.plainConvolution("grouped", maps, 4, 12, 3, 4, ints("pads", AROUND));
    String other =
        file.plainConvolution(
            "holes", maps, 16, 5, 3, 1, ints("dilations", 2, 2), ints("pads", 2, 2, 2, 2));
    maps = file.node("both", "Concat", List.of(one, other), integer("axis", 1));
    return ended(file, maps, 17, Head.GEMM);
  }
}
