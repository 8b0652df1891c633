package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import io.convoy.failure.UserException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How the images are divided into training, validation and test split.
 *
 * @param way what decides the split of an image
 * @param group the regular expression that finds the group of an image in its path: its first
 *     capture group, or all that it matches; empty where an image stands for itself
 * @param duplicates what becomes of training images that are in another split too
 */
public record SplitSettings(SplitWay way, Optional<String> group, Duplicates duplicates) {
  private static final String NO_GROUP = "none";

  /** What becomes of training images whose very bytes are in another split too. */
  public enum Duplicates {
    /** They are counted, and train. */
    KEEP,
    /** They are left out. */
    REMOVE_FROM_TRAIN
  }

  /** Each image stands for itself. */
  public static SplitSettings of(SplitWay way) {
    return new SplitSettings(way, Optional.empty(), Duplicates.KEEP);
  }

  /** Reads its block, which has all keys. */
  static SplitSettings read(Section split) {
    return new SplitSettings(
        SplitWay.read(split),
        group(split.entry("group")),
        split.entry("duplicates").word(Duplicates.class));
  }

  private static Optional<String> group(Entry entry) {
    String expression =
        entry
            .text()
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> entry.mustBe("none, or a regular expression"));
    if (expression.equals(NO_GROUP)) {
      return Optional.empty();
    }
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new UserException(
          "%s%s is no regular expression: %s%s. In a conf it stands in three quotes on either side, as"
              + " in \"\"\"(patient\\d+)\"\"\".",
          Place.of(entry.value().origin()),
          entry.name(),
          e.getDescription(),
          e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1));
    }
    return Optional.of(expression);
  }

  /** Its block, without the braces; what is as without groups and given splits is left out. */
  String hocon() {
    return way.hocon()
        + group.map(each -> "  group = " + ConfigUtil.quoteString(each) + "\n").orElse("")
        + (duplicates == Duplicates.KEEP ? "" : "  duplicates = " + Entry.word(duplicates) + "\n");
  }

  /** Its block in braces, with what is usual too. */
  String text() {
    return "{\n%s  group = %s\n  duplicates = %s\n}"
        .formatted(
            way.hocon(),
            group.map(ConfigUtil::quoteString).orElse(NO_GROUP),
            Entry.word(duplicates));
  }

  /** All of it in one line, which stays the same where only the way is set. */
  public String key() {
    return group.isEmpty() && duplicates == Duplicates.KEEP ? way.toString() : toString();
  }
}
