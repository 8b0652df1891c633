package io.convoy.launch;

import io.convoy.failure.UserException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a conf file of this machine along to a driver on the cluster, where it lies in the folder
 * that the driver starts in.
 *
 * @param command convoy's, with the file's bare name
 * @param file to send, where there is one
 */
record SentConf(List<String> command, Optional<String> file) {
  private static final String OPTION = "--conf";

  /** convoy reads its options in all of these ways. */
  private static final Pattern IN_ONE = Pattern.compile("(--conf[=:])(.+)", Pattern.DOTALL);

  /** What Spark reads as more than a letter in a list of files. */
  private static final Pattern ODD = Pattern.compile("[,#%*?\\[\\]{}\\\\]");

  /**
   * Finds the conf file; where {@code --conf} is given twice the last counts, as for convoy.
   *
   * @param command convoy's with its options
   * @throws UserException if there is no such file, or its name is one that Spark cannot send
   */
  static SentConf of(List<String> command) {
    List<String> words = new ArrayList<>(command);
    Optional<String> sent = Optional.empty();
    for (int i = 1; i < words.size(); i++) {
      Matcher one = IN_ONE.matcher(words.get(i));
      boolean apart = words.get(i - 1).equals(OPTION);
      if (!apart && !one.matches()) {
        continue;
      }
      String start = apart ? "" : one.group(1);
      String conf = apart ? words.get(i) : one.group(2);
      sent = local(conf);
      if (sent.isPresent()) {
        words.set(i, start + checked(conf, sent.get()).getFileName());
      }
    }
    return new SentConf(List.copyOf(words), sent);
  }

  /** The path of a file of this machine; nothing for one on another file system. */
  private static Optional<String> local(String conf) {
    if (!conf.contains(":/")) {
      return Optional.of(conf);
    }
    try {
      URI uri = new URI(conf);
      return "file".equals(uri.getScheme()) ? Optional.ofNullable(uri.getPath()) : Optional.empty();
    } catch (URISyntaxException left) {
      // For convoy to tell.
      return Optional.empty();
    }
  }

  private static Path checked(String conf, String path) {
    if (!Files.isRegularFile(Path.of(path))) {
      throw new UserException("%s: there is no such conf file; check --conf.", conf);
    }
    if (ODD.matcher(path).find()) {
      throw new UserException(
          "%s: Spark cannot send a file with one of , # %% * ? [ ] { } \\ in its name: rename it.",
          conf);
    }
    return Path.of(path);
  }
}
