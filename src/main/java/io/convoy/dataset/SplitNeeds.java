package io.convoy.dataset;

import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.settings.SplitWay;
import io.convoy.settings.SplitWay.ByCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * How many photos of each class a split asks for.
 *
 * @param way what decides the split
 * @param classes in the order of their labels
 */
public record SplitNeeds(SplitWay way, List<String> classes) {

  /**
   * Refuses photos that cannot fill the splits, before one is decoded.
   *
   * @param folder of the photos
   * @param perClass how many of each class are listed, by label
   * @throws UserException if they are too few
   */
  public void requireListed(String folder, List<Long> perClass) {
    requireEnough(folder + " has", perClass);
  }

  /**
   * Refuses photos that cannot fill the splits.
   *
   * @param perClass how many of each class can be used, by label
   * @throws UserException if they are too few
   */
  void requireUsable(List<Long> perClass) {
    for (int label = 0; label < classes.size(); label++) {
      if (perClass.get(label) == 0) {
        throw new UserException("None of the images of class %s can be used.", classes.get(label));
      }
    }
    requireEnough("there can be used", perClass);
  }

  /**
   * Refuses splits that leave a class without training photos.
   *
   * @param classes in the order of their labels
   * @param train how many training photos each has, by label
   * @throws UserException if there is such a class
   */
  static void requireTrained(List<String> classes, IntToLongFunction train) {
    List<String> without =
        IntStream.range(0, classes.size())
            .filter(label -> train.applyAsLong(label) == 0)
            .mapToObj(classes::get)
            .toList();
    if (!without.isEmpty()) {
      throw new UserException(
          "The split leaves no photo for training to %s %s: give training some of them (split.by and"
              + " split.group decide), or leave the class out of images.classes.",
          without.size() == 1 ? "class" : Amount.of(without.size(), "class") + ":",
          Amount.ofNames(without));
    }
  }

  private void requireEnough(String there, List<Long> perClass) {
    way.match(
            shares -> Optional.<UserException>empty(),
            counts -> lack(counts, there, perClass),
            given -> Optional.<UserException>empty())
        .ifPresent(
            lack -> {
              throw lack;
            });
  }

  private Optional<UserException> lack(ByCounts counts, String there, List<Long> perClass) {
    List<String> asked = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      int needed =
          counts.trainPart(label, classes.size()) + counts.validationPart(label, classes.size());
      if (perClass.get(label) < needed) {
        asked.add(String.format(Locale.ROOT, "%,d of class %s", needed, classes.get(label)));
        found.add(String.format(Locale.ROOT, "%,d", perClass.get(label)));
      }
    }
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new UserException(
            "split.counts asks for %s (%,d images for training and %,d for validation over all classes),"
                + " and %s %s: lower split.counts, or split by shares (--set split.by=shares).",
            inOneLine(asked), counts.train(), counts.validation(), there, inOneLine(found)));
  }

  private static String inOneLine(List<String> numbers) {
    return numbers.size() == 2 ? String.join(" and ", numbers) : Amount.ofNames(numbers);
  }
}
