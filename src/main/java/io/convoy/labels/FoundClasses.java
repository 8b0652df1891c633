package io.convoy.labels;

import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.settings.ClassNames;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.LabelRule;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the classes of a folder of images where the settings do not name them: by its folders or,
 * where these are not two, by the beginnings of the files' names.
 */
public final class FoundClasses {
  /** What comes before the first number, and before what divides the two: {@code cat.7.jpg}. */
  private static final Pattern BEGINNING = Pattern.compile("(.*?)[ ._(-]*(?:[0-9].*)?");

  private static final Pattern EXTENSION = Pattern.compile("\\.[^.]*$");

  private FoundClasses() {}

  /**
   * The labeler of a folder.
   *
   * @param place of the folder, for messages
   * @param paths of its images
   * @param isSplit whether a folder is called like a split
   * @throws UserException if classes are to be found, and there are not 2 to {@value
   *     ClassNames#MOST}
   */
  public static Labeler of(
      ImageSettings settings, String place, List<String> paths, Predicate<String> isSplit) {
    if (!settings.findsClasses()) {
      return new NamedClasses(settings.classes(), settings.labelRule());
    }
    Labeler found =
        switch (settings.labelRule()) {
          case FOLDER -> ClassFolders.among(paths, isSplit);
          case FILE_NAME -> beginnings(paths);
          case FILE_NAME_OR_FOLDER -> {
            Labeler folders = ClassFolders.among(paths, isSplit);
            Labeler beginnings = beginnings(paths);
            boolean byName = folders.classes().size() < 2 && beginnings.classes().size() >= 2;
            yield byName ? beginnings : folders;
          }
        };
    requireFit(found, place, paths);
    return found;
  }

  private static Labeler beginnings(List<String> paths) {
    TreeMap<String, String> names = new TreeMap<>();
    for (String path : paths) {
      String name = EXTENSION.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceFirst("");
      Matcher beginning = BEGINNING.matcher(name);
      if (beginning.matches() && !beginning.group(1).isBlank()) {
        names.putIfAbsent(beginning.group(1).toLowerCase(Locale.ROOT), beginning.group(1));
      }
    }
    return new NamedClasses(names.values().stream().sorted().toList(), LabelRule.FILE_NAME);
  }

  private static void requireFit(Labeler found, String place, List<String> paths) {
    List<String> names = found.classes();
    if (names.size() < 2) {
      throw new UserException(
          "%s: no two classes are seen among its images (%s such as %s): put those of each class into"
              + " a folder of its name, begin their files' names with it, or name the classes in"
              + " images.classes.",
          place, Amount.of(paths.size(), "image"), paths.get(0));
    }
    if (names.size() > ClassNames.MOST) {
      throw new UserException(
          "%s: %s are seen (%s), and at most %,d can be learned: name those to learn in images.classes,"
              + " or say with images.label-rule whether folders or files' names tell them.",
          place,
          String.format(Locale.ROOT, "%,d possible classes", names.size()),
          Amount.ofNames(names),
          ClassNames.MOST);
    }
    if (!ClassNames.areFit(names)) {
      throw new UserException(
          "%s: the classes that are seen (%s) do not all have names that convoy can use (blanks at the"
              + " ends, control characters): rename their folders or files.",
          place, Amount.ofNames(names));
    }
  }
}
