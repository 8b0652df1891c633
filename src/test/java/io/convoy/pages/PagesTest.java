package io.convoy.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.convoy.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and the pages of the site say is there; what can be generated is up to date. */
class PagesTest {
  /** Writes the generated parts anew. */
  private static final String WRITE = "mvn -B -q test -Dtest=PagesTest -Dpages.write=true";

  private static final int MOST_README_BYTES = 8 * 1024;
  private static final Path CODE = Path.of("src/main/java/io/convoy");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern FILE = Pattern.compile("(conf|submit|src|notebooks|\\.ci)/\\S+");
  private static final Pattern SETTING = Pattern.compile("(images|split|train)\\.[a-z.-]+");
  private static final Pattern CLASS = Pattern.compile("[a-z]+/[A-Z][a-z]\\w+");

  private static final Pattern ROOM =
      Pattern.compile("^\\| `([a-z]+)` \\| .*\\|$", Pattern.MULTILINE);
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?io\\.convoy\\.([a-z]+)\\.", Pattern.MULTILINE);

  /** Of programs that are not convoy's. */
  private static final Set<String> OTHERS_OPTIONS =
      Set.of("--py-files", "--class", "--jars", "--packages", "--serve-artifacts");

  @Test
  void theReadmeIsReadInThreeMinutes() throws IOException {
    assertTrue(Files.size(Page.README) <= MOST_README_BYTES, "the README is too long");
  }

  @Test
  void everyPageOfTheSiteIsInItsMenu() throws IOException {
    try (Stream<Path> files = Files.list(Page.FOLDER)) {
      Set<Path> pages = new HashSet<>();
      files.filter(Files::isRegularFile).forEach(file -> pages.add(file.getFileName()));
      assertEquals(pages, Set.copyOf(Page.menu()));
    }
  }

  @Test
  void theGeneratedPartsAreAsTheCodeIs() throws IOException {
    for (Page page : Page.all()) {
      String renewed = GeneratedParts.renew(page.text());
      if (Boolean.getBoolean("pages.write")) {
        Files.writeString(page.file(), renewed);
      } else {
        assertEquals(renewed, page.text(), page.file() + " is old; write it anew: " + WRITE);
      }
    }
  }

  @Test
  void developersAreToldTheCommandThatWritesThePartsAnew() throws IOException {
    assertTrue(Page.all().stream().flatMap(Page::commands).anyMatch(WRITE::equals));
  }

  @Test
  void everyColumnOfATableHasItsMeaning() throws IOException {
    for (Page page : Page.all()) {
      for (String line : page.text().lines().toList()) {
        assertTrue(
            !line.matches("\\| `.*` \\| (string|integer|long|double) \\| +\\|"),
            page.file() + " leaves empty: " + line);
      }
    }
  }

  @Test
  void everyLinkLeadsSomewhereOnACodeHostAndInTheSite() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Page page : Page.all()) {
      for (String link : page.links()) {
        if (!link.startsWith("https://") && !leadsSomewhere(page, link)) {
          wrong.add(page.file() + ": " + link);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /**
   * The site has its pages and their pictures, in one folder, and nothing else of the project. No
   * link has a fragment, as the site names its headings otherwise than a code host.
   */
  private static boolean leadsSomewhere(Page page, String link) {
    Path target = page.file().resolveSibling(link).normalize();
    return Files.exists(target) && (!page.isOfTheSite() || target.startsWith(Page.FOLDER));
  }

  @Test
  void theExamplesOfConfFilesAreValid() throws IOException {
    for (Page page : Page.all()) {
      new SettingsLoader().load(page.conf(), page.file().toString(), Map.of());
    }
  }

  @Test
  void everyFileThatIsNamedIsThere() throws IOException {
    assertThere(FILE, name -> Files.exists(Path.of(name)));
  }

  @Test
  void everyClassThatIsNamedIsThere() throws IOException {
    assertThere(CLASS, name -> Files.exists(CODE.resolve(name + ".java")));
  }

  @Test
  void everySettingThatIsNamedIsThere() throws IOException {
    Config settings = ConfigFactory.parseFile(Path.of("conf/convoy.conf").toFile());
    assertThere(SETTING, settings::hasPath);
  }

  @Test
  void everyOptionThatIsNamedIsThere() throws IOException {
    Set<String> known = new HashSet<>(OTHERS_OPTIONS);
    String commands = Files.readString(Page.FOLDER.resolve("commands.md"));
    OPTION.matcher(commands).results().forEach(option -> known.add(option.group()));
    assertThere(OPTION, known::contains);
  }

  @Test
  void theRoomsForDevelopersAreThePackagesAndKnowOnlyThoseAboveThem() throws IOException {
    String page = Files.readString(Page.FOLDER.resolve("developers.md"));
    List<String> rooms = names(ROOM, page);
    for (String room : rooms) {
      Set<String> known = new HashSet<>(imports(room));
      known.removeAll(rooms.subList(0, rooms.indexOf(room) + 1));
      assertEquals(Set.of(), known, room + " knows rooms that do not stand above it");
    }
    try (Stream<Path> packages = Files.list(CODE).filter(Files::isDirectory)) {
      assertEquals(
          packages.map(each -> each.getFileName().toString()).sorted().toList(),
          rooms.stream().sorted().toList());
    }
  }

  private static List<String> imports(String room) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> classes = Files.list(CODE.resolve(room))) {
      for (Path file : classes.toList()) {
        found.addAll(names(IMPORT, Files.readString(file)));
      }
    }
    return found;
  }

  private static List<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** Everything of that form, in the pages' sentences and commands, is there. */
  private static void assertThere(Pattern form, Predicate<String> isThere) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Page page : Page.all()) {
      Stream.concat(page.codes().stream(), page.commands())
          .flatMap(code -> form.matcher(code).results())
          .map(found -> found.group().replaceFirst("[.,]$", ""))
          .filter(isThere.negate())
          .forEach(found -> wrong.add(page.file() + ": " + found));
    }
    assertEquals(List.of(), wrong);
  }
}
