package io.convoy.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page that people read: the README, or one of the site.
 *
 * @param file Markdown
 * @param text of the file
 */
public record Page(Path file, String text) {
  static final Path README = Path.of("README.md");
  static final Path FOLDER = Path.of("src/site/markdown");
  private static final Path MENU = Path.of("src/site/site.xml");

  private static final Pattern ITEM = Pattern.compile("href=\"([\\w-]+)\\.html\"");
  private static final Pattern FENCED =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  /** One of the pages of the site, by the name of its file. */
  public static Page ofTheSite(String name) {
    return read(FOLDER.resolve(name));
  }

  private static Page read(Path file) {
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  /** The README, and then the pages of the site in the order of its menu. */
  public static List<Page> all() throws IOException {
    return Stream.concat(Stream.of(README), menu().stream().map(FOLDER::resolve))
        .map(Page::read)
        .toList();
  }

  /** The files that the site's menu names. */
  public static List<Path> menu() throws IOException {
    return groups(ITEM, Files.readString(MENU)).map(name -> Path.of(name + ".md")).toList();
  }

  boolean isOfTheSite() {
    return file.startsWith(FOLDER);
  }

  /** The lines of the blocks of the shell, in their order. */
  public Stream<String> commands() {
    return blocks("sh")
        .map(block -> block.replace("\\\n", " "))
        .flatMap(String::lines)
        .map(line -> line.strip().replaceAll("\\s+", " "));
  }

  /** The examples of conf files, as one file. */
  String conf() {
    return blocks("hocon").collect(Collectors.joining());
  }

  /** The blocks of code in a language, in their order. */
  public Stream<String> blocks(String language) {
    return FENCED
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2));
  }

  /** What stands between backquotes within sentences, in one line each. */
  List<String> codes() {
    return groups(CODE, sentences()).map(code -> code.replaceAll("\\s+", " ")).toList();
  }

  /** Where the links and the pictures of the sentences lead. */
  List<String> links() {
    return groups(LINK, CODE.matcher(sentences()).replaceAll("")).toList();
  }

  private String sentences() {
    return FENCED.matcher(text).replaceAll("");
  }

  private static Stream<String> groups(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
    return found.stream();
  }
}
