package io.convoy.page;

import io.convoy.page.ArchitecturePage.Gallery;
import io.convoy.page.ArchitecturePage.Shown;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The hard photos of an architecture, as the template shows them.
 *
 * @param series whose they are
 * @param words what they are of
 * @param mistakes the most confident first
 * @param uncertain the nearest to the threshold first
 */
record GalleryView(int series, String words, List<HardPhoto> mistakes, List<HardPhoto> uncertain) {

  /**
   * A photo.
   *
   * @param image its address, with the whole picture in it; none where there is a placeholder
   * @param obstacle instead of the picture
   * @param probability of the positive class
   * @param truth its class
   */
  record HardPhoto(
      List<String> image,
      String obstacle,
      String probability,
      String positive,
      String truth,
      String path) {}

  static Optional<GalleryView> of(Series series) {
    return series.architecture().gallery().map(gallery -> of(series, gallery));
  }

  private static GalleryView of(Series series, Gallery gallery) {
    return new GalleryView(
        series.id(),
        "%s, photos of the %s split, threshold %s"
            .formatted(series.label(), gallery.split(), Figures.decimal(gallery.threshold(), 1)),
        gallery.mistakes().stream().map(shown -> photo(series, shown)).toList(),
        gallery.uncertain().stream().map(shown -> photo(series, shown)).toList());
  }

  private static HardPhoto photo(Series series, Shown shown) {
    return new HardPhoto(
        shown.picture().jpeg().stream()
            .map(jpeg -> "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg))
            .toList(),
        shown.picture().obstacle(),
        Figures.decimal(shown.example().probability(), 3),
        series.positiveClass(),
        series.run().classes().get(shown.example().label()),
        shown.example().path());
  }
}
