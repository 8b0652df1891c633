package io.convoy.labels;

import io.convoy.settings.ClassNames;
import io.convoy.settings.LabelRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Labels by the names of the classes, which are known.
 *
 * <p>A file name begins with the class, before a dot, dash, underscore, blank or digit ({@code
 * cat.7.jpg}, {@code CAT-7.JPG}; of classes {@code cat} and {@code cat-big} the longest); a folder
 * names it alone, in the plural, or as a partition ({@code cat/}, {@code cats/}, {@code
 * class=cat/}). Neither capitals nor the ways to write an accent count. Of several folders the one
 * nearest to the file decides.
 */
public final class NamedClasses implements Labeler {
  private static final long serialVersionUID = 1L;
  private static final String SEPARATORS = ".-_ 0123456789";

  private final List<String> classes;

  /** The classes as {@link ClassNames#comparable} writes them. */
  private final List<String> names;

  private final LabelRule rule;

  /**
   * @param classes the names of the classes, in the order of their labels
   * @param rule where the class is looked for
   */
  public NamedClasses(List<String> classes, LabelRule rule) {
    this.classes = List.copyOf(classes);
    this.names = classes.stream().map(ClassNames::comparable).toList();
    this.rule = rule;
  }

  /** Empty where no class is named, or the name and the folder differ. */
  @Override
  public OptionalInt label(String relativePath) {
    String[] parts = ClassNames.comparable(relativePath).split("/");
    int byName = byFileName(parts[parts.length - 1]);
    int byFolder = byFolder(parts);
    int label =
        switch (rule) {
          case FILE_NAME -> byName;
          case FOLDER -> byFolder;
          case FILE_NAME_OR_FOLDER -> agreed(byName, byFolder);
        };
    return label < 0 ? OptionalInt.empty() : OptionalInt.of(label);
  }

  @Override
  public String whyNone(String relativePath) {
    return twoLabels(relativePath)
        .orElseGet(
            () ->
                switch (rule) {
                  case FILE_NAME -> "no label: its name does not begin with a class";
                  case FOLDER -> "no label: no folder of it names a class";
                  case FILE_NAME_OR_FOLDER ->
                      "no label: neither its name nor its folders name a class";
                });
  }

  /** Where its name and its folder differ. */
  @Override
  public Optional<String> twoLabels(String relativePath) {
    String[] parts = ClassNames.comparable(relativePath).split("/");
    int byName = byFileName(parts[parts.length - 1]);
    int byFolder = byFolder(parts);
    if (rule != LabelRule.FILE_NAME_OR_FOLDER || byName < 0 || byFolder < 0 || byName == byFolder) {
      return Optional.empty();
    }
    return Optional.of(
        "two labels: the name says "
            + classes.get(byName)
            + ", the folder "
            + classes.get(byFolder));
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  /**
   * The folder of the file; of a file that lies in no folder, or whose folders do not count, the
   * beginning of its name, as in {@code IMG*}, and {@code ./} where that is a number.
   */
  @Override
  public String group(String relativePath) {
    int slash = relativePath.lastIndexOf('/');
    if (slash >= 0 && rule != LabelRule.FILE_NAME) {
      return relativePath.substring(0, slash + 1);
    }
    String name = relativePath.substring(slash + 1);
    int end = 0;
    while (end < name.length() && SEPARATORS.indexOf(name.charAt(end)) < 0) {
      end++;
    }
    return end == 0 ? "./" : name.substring(0, end) + "*";
  }

  @Override
  public String key() {
    return classes + "\n" + rule;
  }

  private static int agreed(int byName, int byFolder) {
    if (byName < 0 || byFolder < 0) {
      return Math.max(byName, byFolder);
    }
    return byName == byFolder ? byName : -1;
  }

  private int byFileName(String name) {
    int longest = -1;
    for (int label = 0; label < names.size(); label++) {
      String prefix = names.get(label);
      boolean named =
          name.startsWith(prefix)
              && (name.length() == prefix.length()
                  || SEPARATORS.indexOf(name.charAt(prefix.length())) >= 0);
      if (named && (longest < 0 || prefix.length() > names.get(longest).length())) {
        longest = label;
      }
    }
    return longest;
  }

  private int byFolder(String[] parts) {
    for (int i = parts.length - 2; i >= 0; i--) {
      int label = byFolder(parts[i]);
      if (label < 0) {
        label = byFolder(parts[i].substring(parts[i].indexOf('=') + 1));
      }
      if (label >= 0) {
        return label;
      }
    }
    return -1;
  }

  /** The whole name before the plural: there may be a class for either. */
  private int byFolder(String folder) {
    int label = names.indexOf(folder);
    return label < 0 && folder.endsWith("s")
        ? names.indexOf(folder.substring(0, folder.length() - 1))
        : label;
  }
}
