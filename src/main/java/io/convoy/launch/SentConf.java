package io.convoy.launch;

import io.convoy.failure.UserException;
import io.convoy.settings.ConfFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends conf files of this machine, and those that they are based on, along to a driver on the
 * cluster, where they lie side by side in the folder that the driver starts in.
 *
 * @param command convoy's, with the files' bare names
 * @param files to send, each once
 */
record SentConf(List<String> command, List<String> files) {
  /** Tells the driver to look for conf files by their bare names. */
  static final String SENT = "spark.hadoop.convoy.confs.sent";

  private static final String OPTION = "--conf";

  /** convoy reads its options in all of these ways. */
  private static final Pattern IN_ONE = Pattern.compile("(--conf[=:])(.+)", Pattern.DOTALL);

  /** What Spark reads as more than a letter in a list of files. */
  private static final Pattern ODD = Pattern.compile("[,#%*?\\[\\]{}\\\\]");

  /**
   * Finds the conf files, and reads them for their bases; what lies on other file systems the
   * driver will find itself.
   *
   * @param command convoy's with its options
   * @throws UserException if there is no such file, its name is one that Spark cannot send, or two
   *     have the same name
   */
  static SentConf of(List<String> command) {
    List<String> words = new ArrayList<>(command);
    Map<Path, Path> byName = new LinkedHashMap<>();
    List<String> confs = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      Matcher one = IN_ONE.matcher(words.get(i));
      boolean apart = words.get(i - 1).equals(OPTION);
      if (!apart && !one.matches()) {
        continue;
      }
      String start = apart ? "" : one.group(1);
      String conf = apart ? words.get(i) : one.group(2);
      Optional<String> here = local(conf);
      if (here.isPresent()) {
        confs.add(here.get());
        words.set(i, start + checked(conf, here.get()).getFileName());
      }
    }
    ConfFile.withBases(confs, conf -> read(conf, byName));
    return new SentConf(List.copyOf(words), byName.values().stream().map(Path::toString).toList());
  }

  /** Empty for a file on another file system. */
  private static Optional<String> read(String conf, Map<Path, Path> byName) {
    Optional<String> here = local(conf);
    if (here.isEmpty()) {
      return Optional.of("");
    }
    if (!Files.exists(Path.of(here.get()))) {
      return Optional.empty();
    }
    Path path = checked(conf, here.get());
    Path other = byName.putIfAbsent(path.getFileName(), path);
    if (other != null && !other.equals(path)) {
      throw new UserException(
          "%s and %s: Spark sends files by their bare names, which are the same; rename one.",
          other, path);
    }
    try {
      return Optional.of(Files.readString(path));
    } catch (IOException e) {
      throw new UserException("%s cannot be read as a conf file; check --conf.", conf);
    }
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
