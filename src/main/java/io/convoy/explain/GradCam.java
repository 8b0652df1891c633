package io.convoy.explain;

import io.convoy.engine.Engine;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.engine.Predictor;
import io.convoy.network.LastMaps;
import io.convoy.network.Network;
import io.convoy.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a network sees a class, by Grad-CAM (Selvaraju et al., "Grad-CAM: Visual Explanations from
 * Deep Networks via Gradient-based Localization", ICCV 2017): its last feature maps, each with the
 * mean gradient of the class's score by it, added up, and what is below 0 left out. Where a global
 * average pooling and the output layer follow the maps, that is CAM (Zhou et al., "Learning Deep
 * Features for Discriminative Localization", CVPR 2016), which is exact. For one thread at a time.
 */
public final class GradCam implements AutoCloseable {
  /** Feature maps before a pooling are large. */
  private static final int BATCH = 8;

  private final LastMaps maps;
  private final Predictor features;
  private final Head head;

  private GradCam(LastMaps maps, Predictor features, Head head) {
    this.maps = maps;
    this.features = features;
    this.head = head;
  }

  /** Whether a network has feature maps, and so places to show. */
  public static boolean explains(Network network, Shape image) {
    return LastMaps.of(network.configuration(), image).isPresent();
  }

  /**
   * Makes ready to explain in the calling thread.
   *
   * @param network is shared, not copied
   * @param image what goes in
   * @param threads of native arithmetic
   * @return empty where the network has no feature maps
   */
  public static Optional<GradCam> of(Network network, Shape image, int threads) {
    return LastMaps.of(network.configuration(), image)
        .map(
            maps -> {
              Natives.useThreads(threads);
              Engine engine = Engine.fastest(network.configuration(), image);
              return new GradCam(
                  maps, engine.maps(network, maps, image, threads), new Head(network, maps));
            });
  }

  /**
   * The heat maps of images.
   *
   * @param images each uint8 [height, width, channels], RGB
   * @param height of each
   * @param width of each
   * @param classes of each image the label that is explained
   */
  public List<HeatMap> heatMaps(List<byte[]> images, int height, int width, int[] classes) {
    List<HeatMap> heat = new ArrayList<>();
    for (int first = 0; first < images.size(); first += BATCH) {
      int end = Math.min(first + BATCH, images.size());
      int[] labels = Arrays.copyOfRange(classes, first, end);
      try (INDArray pixels = Minibatch.pixels(images.subList(first, end), height, width)) {
        heat.addAll(heatMaps(pixels, labels));
      }
    }
    return heat;
  }

  private List<HeatMap> heatMaps(INDArray pixels, int[] classes) {
    Shape shape = maps.shape();
    long places = (long) shape.height() * shape.width();
    INDArray values =
        features
            .output(pixels)
            .dup('c')
            .reshape('c', classes.length, shape.channels(), shape.height(), shape.width());
    INDArray weights = head.meanGradient(values, classes);
    List<HeatMap> heat = new ArrayList<>();
    for (int image = 0; image < classes.length; image++) {
      INDArray planes = values.slice(image).reshape('c', shape.channels(), places);
      INDArray sum = weights.getRow(image, true).mmul(planes);
      heat.add(HeatMap.of(shape.height(), shape.width(), sum.dup('c').data().asFloat()));
    }
    return heat;
  }

  @Override
  public void close() {
    features.close();
  }
}
