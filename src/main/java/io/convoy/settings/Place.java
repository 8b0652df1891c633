package io.convoy.settings;

import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in the conf files a value stands, as the start of a message. */
final class Place {
  /** Origin of what comes from the command line, which has no lines. */
  static final String COMMAND_LINE = "command line";

  /** How the library describes an origin: name, line, and the last line of a merged value. */
  private static final Pattern LINE = Pattern.compile("(.*): (\\d+)(-\\d+)?");

  private static final String MERGED = "merge of ";

  private static final Pattern FIRST = Pattern.compile(MERGED + "(.*?: \\d+)(-\\d+)?,.*");

  private Place() {}

  /**
   * The description of an origin; of a merged one, that of the value which lies over the others.
   */
  static String first(ConfigOrigin origin) {
    return FIRST.matcher(origin.description()).replaceFirst("$1");
  }

  /** "name:line: ", or nothing for a value that several files make up together. */
  static String of(ConfigOrigin origin) {
    if (origin == null || origin.description().startsWith(MERGED)) {
      return "";
    }
    Matcher line = LINE.matcher(origin.description());
    if (!line.matches()) {
      return origin.description() + ": ";
    }
    String name = line.group(1);
    return name.equals(COMMAND_LINE) ? name + ": " : name + ":" + line.group(2) + ": ";
  }
}
