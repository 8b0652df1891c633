package io.convoy.filters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A photo and what kernels and max pooling make of it. An edge is as light as it is strong, whether
 * it goes from dark to light or back; V and H have the same scale.
 *
 * @param original the photo
 * @param v its brightness under {@link EdgeKernel#V}
 * @param h its brightness under {@link EdgeKernel#H}
 * @param pooled the photo under {@link MaxPooling}
 * @param vPooled V under max pooling
 * @param hPooled H under max pooling
 */
record EdgeViews(
    Picture original, Picture v, Picture h, Picture pooled, Picture vPooled, Picture hPooled) {

  /**
   * Draws them.
   *
   * @param photo with sides of at least {@value RgbImage#LEAST_SIDE}
   */
  static EdgeViews of(RgbImage photo) {
    Plane brightness = photo.brightness();
    Plane v = new Convolution(EdgeKernel.V.weights()).of(brightness).magnitude();
    Plane h = new Convolution(EdgeKernel.H.weights()).of(brightness).magnitude();
    Tone tone = Tone.ofStrengths(List.of(v, h));
    return new EdgeViews(
        Picture.colour(photo),
        Picture.grey(v, tone),
        Picture.grey(h, tone),
        Picture.colour(photo.pooled()),
        Picture.grey(MaxPooling.of(v), tone),
        Picture.grey(MaxPooling.of(h), tone));
  }

  /** The pictures by the names of their files. */
  Map<String, Picture> files() {
    Map<String, Picture> files = new LinkedHashMap<>();
    files.put("original.png", original);
    files.put("v.png", v);
    files.put("h.png", h);
    files.put("pooled.png", pooled);
    files.put("v-pooled.png", vPooled);
    files.put("h-pooled.png", hPooled);
    return files;
  }
}
