package io.convoy.dataset;

import io.convoy.failure.UserException;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a folder that cannot be used.
 *
 * @param photos in the order of their paths
 */
record Rejections(List<PhotoOutcome.Rejected> photos) {
  private static final int SHOWN_REASONS = 3;

  static Rejections of(List<DecodedPhotos.Partition> partitions) {
    return new Rejections(
        partitions.stream()
            .flatMap(partition -> partition.rejected().stream())
            .sorted(Comparator.comparing(PhotoOutcome.Rejected::path))
            .toList());
  }

  /**
   * Refuses a folder with more of them than the settings allow.
   *
   * @param allowed the largest share, 0 to 1
   * @param images of how many
   */
  void refuseTooMany(double allowed, long images) {
    if (photos.size() <= allowed * images) {
      return;
    }
    List<String> reasons =
        photos.stream().limit(SHOWN_REASONS).map(p -> p.path() + ": " + p.reason()).toList();
    throw new UserException(
        "%,d of %,d images cannot be used, more than the share of %s that --max-rejected allows; the"
            + " first: %s. Mend or remove them, or raise --max-rejected.",
        photos.size(), images, allowed, String.join("; ", reasons));
  }
}
