package io.convoy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.pages.Page;
import io.convoy.tracking.ProtocolServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README and of the site's pages in their order, on a few drawings instead
 * of the reader's photos and with settings that make them short. {@code .ci/run} runs the demo and
 * the tests.
 */
class PagesIT {
  private static final Path SITE = Path.of("target/site");
  private static final Pattern LINK = Pattern.compile("<(?:a|img)[^>]* (?:href|src)=\"([^\"]+)\"");

  /** By Maven, whose build this test is a part of. */
  private static final Pattern RUN_ELSEWHERE = Pattern.compile("submit/demo|mvn .*");

  private static final Map<String, String> ONE_MACHINE = Map.of("CONVOY_MASTER", "local[2]");

  private static final List<String> SMALL_IMAGES =
      List.of(
          "--set", "images.height=24",
          "--set", "images.width=24",
          "--set", "split.counts.train=64",
          "--set", "split.counts.validation=16");

  private static final String TRACKING = "http://localhost:5000";

  private static final int MOST_SECONDS = 240;

  @TempDir Path folder;

  @Test
  void everyCommandOfThePagesWorks() throws IOException, InterruptedException {
    Program program = new Program(folder);
    program.local("sample", "--out", folder.resolve("photos").toString(), "--images", "120");
    for (String figures : List.of("flowers", "cifar/train", "cifar/test")) {
      String out = folder.resolve(figures).toString();
      program.local("sample", "--out", out, "--images", "150", "--classes", "3");
    }
    Files.writeString(
        folder.resolve("peer.csv"), "measure,network,unit,other\ninference,conv24,images/s,99\n");
    try (ProtocolServer tracking = new ProtocolServer()) {
      for (String command : commands()) {
        String here = command.replace(TRACKING, tracking.uri());
        Program.Ended ended =
            assertDoesNotThrow(
                () -> program.start(ONE_MACHINE, words(here)).end(MOST_SECONDS), command);
        assertEquals(0, ended.status(), () -> command + "\n" + ended);
      }
      assertEquals("FINISHED", tracking.run("tracked").status());
      assertEquals(List.of(), tracking.refusals());
    }
  }

  @Test
  void theSiteHasEveryPageAndItsLinksLeadSomewhere() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path page : Page.menu()) {
      Path made = SITE.resolve(page.toString().replace(".md", ".html"));
      for (MatchResult link : LINK.matcher(Files.readString(made)).results().toList()) {
        String target = link.group(1).replaceFirst("#.*", "");
        if (!target.startsWith("https://") && !Files.exists(SITE.resolve(target))) {
          wrong.add(made + ": " + target);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Each once, although the README says again what a page says. */
  private static List<String> commands() throws IOException {
    List<String> commands =
        Page.all().stream()
            .flatMap(Page::commands)
            .distinct()
            .filter(command -> !RUN_ELSEWHERE.matcher(command).matches())
            .toList();
    assertTrue(commands.size() >= 25, commands::toString);
    return commands;
  }

  /** The command as it is run here: on what this test has, and short. */
  private List<String> words(String command) {
    String here =
        command
            .replace("hdfs:///photos", folder.resolve("photos").toString())
            .replace("s3a://lab", folder.resolve("lab").toString())
            .replace("/data/", folder + "/");
    List<String> words = new ArrayList<>(List.of(here.split(" ")));
    words.addAll(
        switch (words.get(0)) {
          case "submit/local" -> shorter(words.get(1));
          case "submit/standalone", "submit/yarn", "submit/kubernetes" -> List.of("--dry-run");
          case "submit/cluster-local" -> List.of("--folder", folder.resolve("cluster").toString());
          case "submit/study" -> small("--workers", "1,2", "--frequencies", "1", "--epochs", "1");
          case "submit/bench" ->
              small(
                  "--images",
                  folder.resolve("photos").toString(),
                  "--out",
                  folder.resolve("bench.csv").toString(),
                  "--peer",
                  folder.resolve("peer.csv").toString(),
                  "--architectures",
                  "conv24,conv48x2",
                  "--repeats",
                  "1");
          default -> throw new AssertionError("nothing runs " + command);
        });
    return words;
  }

  private static List<String> shorter(String command) {
    return switch (command) {
      case "run" -> small("--epochs", "1");
      case "search" -> small("--trials", "2", "--epochs", "2");
      case "prepare" -> SMALL_IMAGES;
      case "plan" -> small("--architectures", "conv24");
      case "train" -> List.of("--epochs", "1");
      case "sample" -> List.of("--images", "20");
      default -> List.of();
    };
  }

  private static List<String> small(String... options) {
    return Stream.concat(SMALL_IMAGES.stream(), Stream.of(options)).toList();
  }
}
