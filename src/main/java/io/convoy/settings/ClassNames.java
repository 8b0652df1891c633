package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a class may be called: anything that a folder may. */
public final class ClassNames {
  /** How many classes there can be. */
  public static final int MOST = 1_000;

  private static final Pattern UNFIT = Pattern.compile("[/\\p{Cc}\\p{Cs}\\u2028\\u2029]");

  /** What most file systems take for a name. */
  private static final int MOST_CHARACTERS = 255;

  /** Neither HOCON nor a shell reads anything into these. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");

  private ClassNames() {}

  /** Whether these can be the classes of a data set: from two names to {@value #MOST}. */
  public static boolean areFit(List<String> names) {
    return names.size() >= 2
        && names.size() <= MOST
        && names.stream().allMatch(ClassNames::isFit)
        && areDistinct(names);
  }

  /** Whether this can be the name of a class. */
  public static boolean isFit(String name) {
    return name != null
        && !name.isEmpty()
        && name.length() <= MOST_CHARACTERS
        && name.equals(name.strip())
        && !name.equals(".")
        && !name.equals("..")
        && !UNFIT.matcher(name).find();
  }

  /**
   * A name as it is compared: neither capitals nor the ways to write an accent count, which macOS
   * takes apart in the names of files.
   */
  public static String comparable(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** Whether no two of the names are the same folder's: capitals do not count. */
  private static boolean areDistinct(List<String> names) {
    return names.stream().map(ClassNames::comparable).distinct().count() == names.size();
  }

  /** The option of the command line that chooses these classes, fit for a shell. */
  public static String option(List<String> names) {
    boolean plain = names.stream().allMatch(name -> PLAIN.matcher(name).matches());
    String list =
        names.stream()
            .map(name -> plain ? name : ConfigUtil.quoteString(name))
            .collect(Collectors.joining(",", "[", "]"));
    return "--set "
        + (plain
            ? "images.classes=" + list
            : "'images.classes=" + list.replace("'", "'\\''") + "'");
  }
}
