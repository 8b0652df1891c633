package io.convoy.page;

import io.convoy.evaluate.ConfusionMatrix.Cell;
import io.convoy.failure.Amount;
import io.convoy.page.ArchitecturePage.Gallery;
import io.convoy.page.ArchitecturePage.Heat;
import io.convoy.page.ArchitecturePage.Shown;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The hard photos of an architecture, as the template shows them.
 *
 * @param series whose they are
 * @param words what they are of
 * @param style of the kinds, of which several may stand side by side
 * @param kinds of photos
 */
record GalleryView(int series, String words, String style, List<Kind> kinds) {
  private static final String COLD = "no place speaks for it";

  /** Whether it is known of a photo where the network looks. */
  boolean explained() {
    return kinds.stream().flatMap(kind -> kind.photos.stream()).anyMatch(HardPhoto::explained);
  }

  /**
   * Photos that are hard in one way.
   *
   * @param none what is said where there are no photos
   */
  record Kind(String title, String words, List<HardPhoto> photos, String none) {
    /** Whether something is to be said in place of photos. */
    boolean empty() {
      return photos.isEmpty();
    }
  }

  /**
   * A photo.
   *
   * @param image its address, with the whole picture in it; none where there is a placeholder
   * @param obstacle instead of the picture
   * @param heat the address of a picture to lie over it, which shows where the network sees the
   *     class that it calls it
   * @param cold instead of that, if no place speaks for the class
   * @param probability of a class
   * @param of the class: of two the positive one, of more the one that the photo is called
   * @param truth its class
   */
  record HardPhoto(
      List<String> image,
      String obstacle,
      List<String> heat,
      List<String> cold,
      String probability,
      String of,
      String truth,
      String path) {
    boolean explained() {
      return !heat.isEmpty() || !cold.isEmpty();
    }
  }

  static Optional<GalleryView> of(Series series) {
    return series.architecture().gallery().map(gallery -> of(series, gallery));
  }

  private static GalleryView of(Series series, Gallery gallery) {
    String words = "%s, photos of the %s split".formatted(series.label(), gallery.split());
    return series.isBinary()
        ? new GalleryView(
            series.id(),
            words + ", threshold " + Figures.decimal(gallery.threshold(), 1),
            "",
            ofTwo(series, gallery))
        : new GalleryView(series.id(), words, "grid three", ofMore(series, gallery));
  }

  private static List<Kind> ofTwo(Series series, Gallery gallery) {
    return List.of(
        new Kind(
            "Most confident mistakes",
            "The misclassified photos whose predicted probability is farthest from the truth."
                + " Wrong labels and odd photos show up here first.",
            photos(series, 1, gallery.mistakes()),
            "No photo is misclassified."),
        new Kind(
            "Least certain predictions",
            "The photos whose predicted probability is nearest to the threshold.",
            photos(series, 1, gallery.uncertain()),
            ""));
  }

  private static List<Kind> ofMore(Series series, Gallery gallery) {
    return gallery.pairs().isEmpty()
        ? List.of(new Kind("", "", List.of(), "No photo is misclassified."))
        : gallery.pairs().stream()
            .map(
                each ->
                    new Kind(
                        pair(series, each.pair()),
                        Amount.of(each.pair().images(), "photo")
                            + "; the most confident mistakes come first.",
                        photos(series, each.pair().predicted(), each.mistakes()),
                        ""))
            .toList();
  }

  /** A pair of classes: what photos are, and what they are called. */
  static String pair(Series series, Cell pair) {
    return "%s \u2192 %s".formatted(series.nameOf(pair.actual()), series.nameOf(pair.predicted()));
  }

  private static List<HardPhoto> photos(Series series, int label, List<Shown> shown) {
    return shown.stream().map(each -> photo(series, label, each)).toList();
  }

  private static HardPhoto photo(Series series, int label, Shown shown) {
    return new HardPhoto(
        shown.picture().jpeg().stream().map(jpeg -> address("jpeg", jpeg)).toList(),
        shown.picture().obstacle(),
        shown.heat().flatMap(Heat::png).map(png -> address("png", png)).stream().toList(),
        shown.heat().filter(heat -> heat.png().isEmpty()).map(heat -> COLD).stream().toList(),
        Figures.decimal(shown.example().probability(), 3),
        series.nameOf(label),
        series.nameOf(shown.example().label()),
        shown.example().path());
  }

  private static String address(String format, byte[] file) {
    return "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(file);
  }
}
