package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conf file, which may be based on another one.
 *
 * @param name its path, for messages
 * @param text in HOCON
 */
public record ConfFile(String name, String text) {
  /** The confs of the jar that another may be based on, without the defaults, which all are. */
  static final List<String> SHIPPED =
      List.of(
          "backbones",
          "cifar",
          "demo",
          "fine-tune",
          "flowers",
          "full",
          "many-photos",
          "modern",
          "photos",
          "search",
          "seed",
          "small",
          "study");

  static final String BASED_ON = "based-on";

  private static final Pattern STORE = Pattern.compile("([^/]+:(?://[^/]*)?)(/.*)");

  /**
   * The files and what they are based on, in the order in which they are laid over one another:
   * each behind its base, which is not read again where an earlier file has it too.
   *
   * @param paths of the files, the later over the earlier; also URIs of other file systems
   * @param reader gives the text at a path, if there is such a file
   * @throws UserException if a file or a base is missing, or a base comes back to itself
   */
  public static List<ConfFile> withBases(
      List<String> paths, Function<String, Optional<String>> reader) {
    List<ConfFile> files = new ArrayList<>();
    for (String path : paths) {
      String text =
          reader
              .apply(path)
              .orElseThrow(
                  () -> new UserException("%s: there is no such conf file; check --conf.", path));
      List<ConfFile> chain = new ArrayList<>(List.of(new ConfFile(path, text)));
      for (Optional<Entry> base = chain.get(0).base(); base.isPresent(); ) {
        ConfFile next = chain.get(0).based(base.get(), reader);
        if (files.contains(next)) {
          break;
        }
        chain.add(0, next);
        if (!SHIPPED.contains(word(base.get()))) {
          requireNoCircle(chain, base.get());
        }
        requireSmall(chain);
        base = next.base();
      }
      files.addAll(chain);
      requireSmall(files);
    }
    return files;
  }

  private static void requireNoCircle(List<ConfFile> chain, Entry base) {
    List<String> names = chain.stream().map(file -> normal(file.name)).toList();
    int before = names.subList(1, names.size()).indexOf(names.get(0));
    if (before >= 0) {
      List<String> circle = new ArrayList<>();
      names.subList(0, before + 2).forEach(name -> circle.add(0, name));
      throw new UserException(
          "%s%s goes in a circle, %s: take it out of one of them.",
          Place.of(base.value().origin()), BASED_ON, String.join(" -> ", circle));
    }
  }

  private static void requireSmall(List<ConfFile> files) {
    int letters = files.stream().mapToInt(file -> file.text.length()).sum();
    if (letters > Hocon.MOST_LETTERS) {
      throw new UserException(
          "%s and what it is based on have %,d characters, and confs may have %,d together; check"
              + " that they are conf files.",
          files.get(files.size() - 1).name, letters, Hocon.MOST_LETTERS);
    }
  }

  /** A conf that is part of the jar. */
  static ConfFile shipped(String name) {
    try (InputStream resource = ConfFile.class.getResourceAsStream(name + ".conf")) {
      if (resource == null) {
        throw new IllegalStateException("The jar lacks io/convoy/settings/" + name + ".conf");
      }
      return new ConfFile(
          "conf/" + name + ".conf", new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** What it says itself, without its base; not resolved. */
  Config settings() {
    return Hocon.parse(text, name).withoutPath(BASED_ON);
  }

  private Optional<Entry> base() {
    return Optional.ofNullable(Hocon.parse(text, name).root().get(BASED_ON))
        .map(value -> new Entry(BASED_ON, value));
  }

  private ConfFile based(Entry base, Function<String, Optional<String>> reader) {
    String wanted = word(base);
    if (SHIPPED.contains(wanted)) {
      return shipped(wanted);
    }
    String path = beside(wanted);
    return new ConfFile(
        path,
        reader
            .apply(path)
            .orElseThrow(
                () ->
                    new UserException(
                        "%s%s is %s: %sthere is no file %s, and the confs that come with convoy are"
                            + " %s.",
                        Place.of(base.value().origin()),
                        BASED_ON,
                        wanted,
                        Spelling.question(wanted.replaceAll(".*/|\\.conf$", ""), SHIPPED),
                        path,
                        String.join(", ", SHIPPED))));
  }

  private static String word(Entry base) {
    try {
      Optional<String> word = base.text().filter(text -> !text.isBlank() && text.indexOf('\0') < 0);
      if (word.isPresent()) {
        return word.get();
      }
    } catch (ConfigException.NotResolved substitution) {
      // Told below: what it stands for is known only when all bases are read.
    }
    throw base.mustBe(
        "the path of a conf file, or one of "
            + String.join(", ", SHIPPED)
            + ", without a substitution");
  }

  /** A path as seen from the folder of this file, on the same file system. */
  private String beside(String path) {
    if (STORE.matcher(path).matches()) {
      return path;
    }
    Matcher store = STORE.matcher(name);
    return store.matches()
        ? store.group(1) + Path.of(store.group(2)).resolveSibling(path).normalize()
        : Path.of(name).resolveSibling(path).normalize().toString();
  }

  private static String normal(String path) {
    Matcher store = STORE.matcher(path);
    return store.matches()
        ? store.group(1) + Path.of(store.group(2)).normalize()
        : Path.of(path).normalize().toString();
  }
}
