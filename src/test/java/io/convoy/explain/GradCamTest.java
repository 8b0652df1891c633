package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.engine.Engine;
import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.engine.Predictor;
import io.convoy.network.LastMaps;
import io.convoy.network.LayersNetwork;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.Shape;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class GradCamTest {
  private static final int HEIGHT = 17;
  private static final int WIDTH = 14;
  private static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);
  private static final Layer CONVOLUTION =
      new Layer.Convolution(5, 3, 3, 1, 1, Padding.NONE, Activation.TANH);
  private static final Layer GLOBAL_AVERAGE = new Layer.GlobalPooling(PoolingKind.AVERAGE);
  private static final Layer DROPOUT = new Layer.Dropout(0.5);

  private static Network network(int classes, Shape image, List<Layer> layers) {
    return NetworkBuilder.configuration(
            new Architecture(
                "net",
                layers,
                Loss.CROSS_ENTROPY,
                new Optimizer.Adam(5e-3, 0.9, 0.999, 1e-8),
                8,
                1),
            classes,
            image.height(),
            image.width(),
            3)
        .initialized();
  }

  private static List<byte[]> images(int count) {
    Random random = new Random(4);
    return Stream.generate(
            () -> {
              byte[] image = new byte[(int) IMAGE.size()];
              random.nextBytes(image);
              return image;
            })
        .limit(count)
        .toList();
  }

  private static List<HeatMap> heatMaps(Network network, List<byte[]> images, int... classes) {
    try (GradCam gradCam = GradCam.of(network, IMAGE, 1).orElseThrow()) {
      return gradCam.heatMaps(images, HEIGHT, WIDTH, classes);
    }
  }

  /** Networks whose score is smooth in the feature maps but for the places of the greatest. */
  static Stream<List<Layer>> chains() {
    Layer pool = new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2);
    Layer averages = new Layer.Pooling(PoolingKind.AVERAGE, 3, 2, 2, 2);
    Layer dense = new Layer.Dense(7, Activation.TANH);
    return Stream.of(
        List.of(CONVOLUTION, DROPOUT, DROPOUT),
        List.of(CONVOLUTION, pool, DROPOUT, dense, DROPOUT),
        List.of(
            CONVOLUTION, pool, CONVOLUTION, averages, dense, new Layer.Dense(4, Activation.ELU)),
        List.of(CONVOLUTION, new Layer.BatchNormalization(0.9, Activation.RELU), pool, dense),
        List.of(
            new Layer.SeparableConvolution(6, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
            new Layer.GlobalPooling(PoolingKind.MAX),
            dense));
  }

  /** By DL4J's layers, from the maps on: where all of one map grow, the score grows so much. */
  @ParameterizedTest
  @MethodSource("chains")
  void aMapCountsByTheMeanGradientOfTheScore(List<Layer> layers) {
    for (int classes : new int[] {2, 3}) {
      Network network = network(classes, IMAGE, layers);
      LastMaps maps = LastMaps.of(network.configuration(), IMAGE).orElseThrow();
      MultiLayerNetwork dl4j = ((LayersNetwork) network).dl4j();
      INDArray planes = Minibatch.planes(Minibatch.pixels(images(2), HEIGHT, WIDTH));
      INDArray values = network.output(planes, maps.node());
      int[] explained = {0, classes - 1};
      INDArray weights = new Head(network, maps).meanGradient(values, explained);

      int places = maps.shape().height() * maps.shape().width();
      double step = 1e-2;
      for (int image = 0; image < explained.length; image++) {
        for (int channel = 0; channel < maps.shape().channels(); channel++) {
          INDArray more = values.dup('c');
          INDArray less = values.dup('c');
          more.slice(image).slice(channel).addi(step);
          less.slice(image).slice(channel).subi(step);
          double growth =
              score(dl4j, maps, more, image, explained[image])
                  - score(dl4j, maps, less, image, explained[image]);
          assertEquals(
              growth / (2 * step) / places, weights.getDouble(image, channel), 2e-3 / places);
        }
      }
    }
  }

  /** Before the output's activation, which is undone. */
  private static double score(
      MultiLayerNetwork network, LastMaps maps, INDArray values, int image, int label) {
    INDArray output =
        network.activateSelectedLayers(maps.node() + 1, network.getnLayers() - 1, values);
    if (output.size(1) > 1) {
      // As far as scores can be told from probabilities: all but a number common to all.
      INDArray weights = network.getOutputLayer().paramTable().get("W");
      INDArray input =
          network.activateSelectedLayers(
              maps.node() + 1, network.getnLayers() - 2, values.dup('c'));
      INDArray rows = input.dup('c').reshape('c', values.size(0), weights.size(0));
      return rows.mmul(weights).getDouble(image, label);
    }
    double probability = output.getDouble(image, 0);
    double score = Math.log(probability / (1 - probability));
    return label == 1 ? score : -score;
  }

  /** What a global average pooling makes exact: the output's weights over the maps. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void behindAGlobalAveragePoolingItIsClassActivationMapping(int classes) {
    Network network =
        network(
            classes,
            IMAGE,
            List.of(
                new Layer.Convolution(4, 3, 3, 2, 2, Padding.SAME, Activation.RELU),
                new Layer.BatchNormalization(0.9, Activation.RELU),
                new Layer.Residual(
                    List.of(
                        new Layer.Convolution(6, 3, 3, 2, 2, Padding.SAME, Activation.IDENTITY),
                        new Layer.BatchNormalization(0.9, Activation.IDENTITY)),
                    Activation.RELU),
                GLOBAL_AVERAGE,
                DROPOUT));
    List<byte[]> images = images(11);
    int[] labels = IntStream.range(0, images.size()).map(i -> i % classes).toArray();
    LastMaps maps = LastMaps.of(network.configuration(), IMAGE).orElseThrow();
    assertEquals(new Shape(6, 5, 4), maps.shape());
    INDArray values =
        network.output(Minibatch.planes(Minibatch.pixels(images, HEIGHT, WIDTH)), maps.node());
    var nodes = network.configuration().nodes();
    INDArray output = network.layer(nodes.get(nodes.size() - 1)).getParam("W");

    List<HeatMap> heat = heatMaps(network, images, labels);
    for (int image = 0; image < labels.length; image++) {
      float[] sums = new float[5 * 4];
      for (int place = 0; place < sums.length; place++) {
        for (int channel = 0; channel < 6; channel++) {
          double weight =
              classes == 2
                  ? (labels[image] == 1 ? 1 : -1) * output.getDouble(channel, 0)
                  : output.getDouble(channel, labels[image]);
          sums[place] += (float) (weight * values.getDouble(image, channel, place / 4, place % 4));
        }
      }
      assertArrayEquals(
          HeatMap.of(5, 4, sums).values(), heat.get(image).values(), 1e-4f, "image " + image);
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void theMapsAreThoseOfDl4jsLayers(List<Layer> layers) {
    Network network = network(2, IMAGE, layers);
    LastMaps maps = LastMaps.of(network.configuration(), IMAGE).orElseThrow();
    INDArray pixels = Minibatch.pixels(images(9), HEIGHT, WIDTH);
    float[][] both = new float[2][];
    Engine[] engines = {Engine.DL4J, Engine.fastest(network.configuration(), IMAGE)};
    for (int i = 0; i < engines.length; i++) {
      try (Predictor features = engines[i].maps(network, maps, IMAGE, 1)) {
        both[i] = features.output(pixels).dup('c').data().asFloat();
      }
    }
    assertEquals(9 * maps.shape().size(), both[0].length);
    assertArrayEquals(both[0], both[1], 1e-5f);
  }

  @Test
  void aNetworkOfDenseLayersHasNothingToShow() {
    List<List<Layer>> blind =
        List.of(
            List.of(new Layer.Dense(4, Activation.RELU)),
            List.of(new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2), DROPOUT),
            List.of(new Layer.Convolution(4, HEIGHT, WIDTH, 1, 1, Padding.NONE, Activation.RELU)));
    for (List<Layer> layers : blind) {
      Network network = network(2, IMAGE, layers);
      assertFalse(GradCam.explains(network, IMAGE));
      assertTrue(GradCam.of(network, IMAGE, 1).isEmpty());
    }
  }

  /** Grey noise is of the first class; with a red square somewhere it is of the second. */
  @Test
  void aTrainedNetworkSeesAnObjectWhereItIs() {
    Shape image = new Shape(3, 32, 40);
    Network network =
        network(
            2,
            image,
            List.of(
                new Layer.Convolution(8, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
                new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2),
                new Layer.Convolution(8, 3, 3, 1, 1, Padding.SAME, Activation.RELU),
                new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2),
                new Layer.Dense(16, Activation.RELU)));
    Random random = new Random(7);
    Natives.useThreads(1);
    try (LocalTrainer trainer = LocalTrainer.of(network, image, 1)) {
      for (int step = 0; step < 150; step++) {
        List<byte[]> images = new ArrayList<>();
        float[] labels = new float[16];
        for (int i = 0; i < labels.length; i++) {
          byte[] noise = noise(image, random);
          if (i % 2 == 1) {
            labels[i] = 1;
            draw(noise, image, random.nextInt(24), random.nextInt(32));
          }
          images.add(noise);
        }
        trainer.fit(
            new DataSet(
                Minibatch.pixels(images, image.height(), image.width()),
                Nd4j.create(labels, new long[] {labels.length, 1}, 'c')),
            step);
      }
    }
    int[][] corners = {{0, 0}, {0, 32}, {24, 0}, {24, 32}};
    List<byte[]> photos = new ArrayList<>();
    for (int[] corner : corners) {
      byte[] photo = noise(image, random);
      draw(photo, image, corner[0], corner[1]);
      photos.add(photo);
    }
    try (GradCam gradCam = GradCam.of(network, image, 1).orElseThrow()) {
      List<HeatMap> heat = gradCam.heatMaps(photos, 32, 40, new int[] {1, 1, 1, 1});
      for (int i = 0; i < corners.length; i++) {
        HeatMap seen = heat.get(i).resized(32, 40);
        int hottest =
            IntStream.range(0, seen.values().length)
                .reduce((a, b) -> seen.values()[b] > seen.values()[a] ? b : a)
                .orElseThrow();
        int row = hottest / 40 - corners[i][0];
        int column = hottest % 40 - corners[i][1];
        assertTrue(
            row >= -2 && row < 10 && column >= -2 && column < 10,
            "corner " + i + ": " + row + ", " + column);
      }
    }
  }

  private static byte[] noise(Shape image, Random random) {
    byte[] pixels = new byte[(int) image.size()];
    for (int i = 0; i < pixels.length; i += 3) {
      byte grey = (byte) (100 + random.nextInt(60));
      pixels[i] = grey;
      pixels[i + 1] = grey;
      pixels[i + 2] = grey;
    }
    return pixels;
  }

  private static void draw(byte[] pixels, Shape image, int top, int left) {
    for (int y = top; y < top + 8; y++) {
      for (int x = left; x < left + 8; x++) {
        int pixel = 3 * (y * image.width() + x);
        pixels[pixel] = (byte) 230;
        pixels[pixel + 1] = 30;
        pixels[pixel + 2] = 30;
      }
    }
  }
}
