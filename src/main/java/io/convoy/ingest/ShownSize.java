package io.convoy.ingest;

import io.convoy.image.Detail;
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
 * @param headers of the photos
 * @param contents of those that are looked into
 */
public record ShownSize(PhotoHeaders headers, FileContents contents) {
  /** Enough for a median, and soon read from a store that takes its time for each. */
  private static final int SAMPLE = 32;

  /** Photos of which an eighth of the sides has so many pixels are not looked into. */
  private static final int ENOUGH = 125;

  /**
   * The median height and the median width, upright; empty where none of the photos can be used.
   * The same for the same photos.
   */
  public static Optional<ImageSize> median(
      PhotoListing listing, ImageSettings limits, Configuration configuration) {
    String folder = listing.folder().toString();
    SerializableConfiguration files = new SerializableConfiguration(configuration);
    ShownSize each =
        new ShownSize(new PhotoHeaders(folder, limits, files), new FileContents(folder, files));
    List<ImageSize> sizes =
        listing.photos().stream()
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
    ImageSize size = headers.look(photo).shape();
    if (size == null) {
      return Stream.empty();
    }
    ImageSize least = size.times(1.0 / (1 << Detail.MOST_HALVINGS));
    if (Math.min(least.height(), least.width()) >= ENOUGH) {
      return Stream.of(size);
    }
    try {
      ImageLimits checked = new ImageLimits(headers.settings().maxPixels());
      byte[] pixels = new PhotoDecoder(size, checked).decode(contents.read(photo));
      return Stream.of(Detail.shown(pixels, size));
    } catch (UnusableImageException | RejectedFileException | UncheckedIOException e) {
      return Stream.empty();
    }
  }
}
