package io.convoy.ingest;

import io.convoy.settings.LabelRule;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The label of an image, from its path below the images folder.
 *
 * <p>A file name begins with the class, before a dot, dash, underscore, blank or digit ({@code
 * cat.7.jpg}, {@code CAT-7.JPG}; of classes {@code cat} and {@code cat-big} the longest); a folder
 * names it alone, in the plural, or as a partition ({@code cat/}, {@code cats/}, {@code
 * class=cat/}). Capitals do not count. Of several folders the one nearest to the file decides.
 */
public final class Labeler implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String SEPARATORS = ".-_ 0123456789";

  private final List<String> classes;
  private final LabelRule rule;

  /**
   * @param classes the names of the classes, in the order of their labels
   * @param rule where the class is looked for
   */
  public Labeler(List<String> classes, LabelRule rule) {
    this.classes = List.copyOf(classes);
    this.rule = rule;
  }

  /**
   * The label of the image.
   *
   * @param relativePath the path below the images folder, with {@code /} between its parts
   * @return the class's index; empty where no class is named, or the name and the folder differ
   */
  public OptionalInt label(String relativePath) {
    String[] parts = relativePath.toLowerCase(Locale.ROOT).split("/");
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

  /** Why {@link #label} is empty for this path, for the reader of the rejected table. */
  public String whyNone(String relativePath) {
    String[] parts = relativePath.toLowerCase(Locale.ROOT).split("/");
    int byName = byFileName(parts[parts.length - 1]);
    int byFolder = byFolder(parts);
    if (rule == LabelRule.FILE_NAME_OR_FOLDER && byName >= 0 && byFolder >= 0) {
      return "two labels: the name says "
          + classes.get(byName)
          + ", the folder "
          + classes.get(byFolder);
    }
    return switch (rule) {
      case FILE_NAME -> "no label: its name does not begin with a class";
      case FOLDER -> "no label: no folder of it names a class";
      case FILE_NAME_OR_FOLDER -> "no label: neither its name nor its folders name a class";
    };
  }

  private static int agreed(int byName, int byFolder) {
    if (byName < 0 || byFolder < 0) {
      return Math.max(byName, byFolder);
    }
    return byName == byFolder ? byName : -1;
  }

  private int byFileName(String name) {
    int longest = -1;
    for (int label = 0; label < classes.size(); label++) {
      String prefix = classes.get(label);
      boolean named =
          name.startsWith(prefix)
              && (name.length() == prefix.length()
                  || SEPARATORS.indexOf(name.charAt(prefix.length())) >= 0);
      if (named && (longest < 0 || prefix.length() > classes.get(longest).length())) {
        longest = label;
      }
    }
    return longest;
  }

  private int byFolder(String[] parts) {
    for (int i = parts.length - 2; i >= 0; i--) {
      String folder = parts[i].substring(parts[i].indexOf('=') + 1);
      for (int label = 0; label < classes.size(); label++) {
        String name = classes.get(label);
        if (folder.equals(name) || folder.equals(name + "s")) {
          return label;
        }
      }
    }
    return -1;
  }
}
