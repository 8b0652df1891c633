package io.convoy.ingest;

import io.convoy.image.ImageSize;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a look at the headers of some images tells.
 *
 * @param surveyed how many images were looked into
 * @param shapes the shapes of the usable ones, upright, the most common first
 * @param unusableImages how many are not usable
 * @param unusable the first of them, by path
 */
public record PhotoSurvey(
    long surveyed, List<ShapeCount> shapes, long unusableImages, List<Unusable> unusable) {
  /** The tutorial divides the most common shape by four. */
  private static final int REDUCTION = 4;

  /** What is no larger shows little that could be left out. */
  private static final int SMALL = 32;

  /** How often a shape occurs. */
  public record ShapeCount(ImageSize shape, long images) {}

  /** An image that cannot be used. */
  public record Unusable(String path, String reason) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
  }

  static PhotoSurvey of(Map<ImageSize, Long> shapes, long unusableImages, List<Unusable> unusable) {
    List<ShapeCount> counts =
        shapes.entrySet().stream()
            .map(entry -> new ShapeCount(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingLong(ShapeCount::images)
                    .reversed()
                    .thenComparing(count -> count.shape().height())
                    .thenComparing(count -> count.shape().width()))
            .toList();
    long usable = counts.stream().mapToLong(ShapeCount::images).sum();
    return new PhotoSurvey(usable + unusableImages, counts, unusableImages, unusable);
  }

  /**
   * A quarter of the most common shape, rounded, but no side below 32 pixels that is longer; only
   * where there is a usable image.
   */
  public ImageSize suggestedInput() {
    ImageSize common = shapes.get(0).shape();
    return new ImageSize(reduced(common.height()), reduced(common.width()));
  }

  private static int reduced(int pixels) {
    return Math.max(Math.min(pixels, SMALL), Math.round(pixels / (float) REDUCTION));
  }
}
