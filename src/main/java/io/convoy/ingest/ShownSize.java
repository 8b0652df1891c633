package io.convoy.ingest;

import io.convoy.image.Detail;
import io.convoy.image.ImageHeader;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.image.UnusableImageException;
import io.convoy.settings.ImageSettings;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The size that photos need to show what they show, by some of them: their own, or less where they
 * were enlarged. Those that are so large that it does not matter are taken to be as sharp as they
 * are large.
 *
 * @param contents of the photos
 * @param limits which are too large
 */
public record ShownSize(FileContents contents, ImageSettings limits) {
  /** Enough for a median, and soon read from a store that takes its time for each. */
  private static final int SAMPLE = 32;

  /**
   * The median height and the median width, upright; empty where none of the photos can be used.
   * The same for the same photos.
   */
  public static Optional<ImageSize> median(
      PhotoListing listing, ImageSettings limits, Configuration configuration) {
    ShownSize each =
        new ShownSize(
            new FileContents(
                listing.folder().toString(), new SerializableConfiguration(configuration)),
            limits);
    List<ImageSize> sizes =
        listing.photos().stream()
            .filter(photo -> photo.fault().isEmpty() && photo.bytes() <= limits.maxFileBytes())
            .sorted(new PhotoHeaders.Shuffled())
            .limit(SAMPLE)
            .flatMap(each::of)
            .toList();
    return sizes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ImageSize(median(sizes, ImageSize::height), median(sizes, ImageSize::width)));
  }

  private static int median(List<ImageSize> sizes, ToIntFunction<ImageSize> side) {
    return sizes.stream().mapToInt(side).sorted().toArray()[sizes.size() / 2];
  }

  /** Nothing of one that cannot be used, which is told where all are decoded. */
  private Stream<ImageSize> of(PhotoFile photo) {
    try {
      byte[] file = contents.read(photo);
      ImageHeader header = ImageHeader.read(file);
      ImageSize size = new ImageSize(header.height(), header.width());
      ImageLimits most = new ImageLimits(limits.maxPixels());
      most.check(size);
      ImageSize least = size.times(1.0 / (1 << Detail.MOST_HALVINGS));
      boolean matters =
          least.height() < ImageSettings.USUAL_HEIGHT || least.width() < ImageSettings.USUAL_WIDTH;
      return Stream.of(
          matters ? Detail.shown(new PhotoDecoder(size, most).decode(file), size) : size);
    } catch (UnusableImageException | RejectedFileException | UncheckedIOException e) {
      return Stream.empty();
    }
  }
}
