package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the README's commands in their order, on a few drawings instead of the reader's photos and
 * with settings that make them short. {@code .ci/run} runs the demo and the tests.
 */
class ReadmeIT {
  private static final Set<String> RUN_ELSEWHERE =
      Set.of("submit/demo", "mvn -B verify", "mvn -B verify -Pcluster");
  private static final Set<String> CLUSTERS =
      Set.of("submit/standalone", "submit/yarn", "submit/kubernetes");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private static final List<String> SMALL_IMAGES =
      List.of(
          "--set", "images.height=24",
          "--set", "images.width=24",
          "--set", "split.counts.train=64",
          "--set", "split.counts.validation=16");

  private static final int MOST_SECONDS = 90;

  @TempDir Path folder;

  @Test
  void everyCommandOfTheReadmeWorks() throws IOException, InterruptedException {
    Program program = new Program(folder);
    program.local("sample", "--out", folder.resolve("photos").toString(), "--images", "120");
    int run = 0;
    for (String command : commands()) {
      if (RUN_ELSEWHERE.contains(command)) {
        continue;
      }
      Program.Ended ended = run(program, command);
      assertEquals(0, ended.status(), () -> command + "\n" + ended);
      run++;
    }
    assertTrue(run >= 6, "only " + run + " commands");
  }

  private static List<String> commands() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    return BLOCK
        .matcher(readme)
        .results()
        .map((MatchResult block) -> block.group(1).replace("\\\n", " "))
        .flatMap(String::lines)
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .toList();
  }

  private Program.Ended run(Program program, String command)
      throws IOException, InterruptedException {
    String here =
        command
            .replace("hdfs:///photos", folder.resolve("photos").toString())
            .replace("s3a://lab", folder.resolve("lab").toString())
            .replace("/data/", folder + "/");
    List<String> words = new ArrayList<>(Arrays.asList(here.split(" ")));
    if (words.get(0).equals("spark-submit")) {
      return program.sparkSubmit(
          shortened(words.subList(words.indexOf("target/convoy.jar") + 1, words.size())));
    }
    if (words.get(0).equals("submit/bench")) {
      return program.bench(benchOnDrawings(words.subList(1, words.size())));
    }
    if (words.get(0).equals("submit/study")) {
      words.addAll(SMALL_IMAGES);
      words.addAll(List.of("--workers", "1,2", "--frequencies", "1", "--epochs", "1"));
      return program.start(Map.of("CONVOY_MASTER", "local[2]"), words).end();
    }
    if (CLUSTERS.contains(words.get(0))) {
      words.add("--dry-run");
      return program.shell(String.join(" ", words));
    }
    if (words.get(0).equals("submit/cluster-local")) {
      words.addAll(List.of("--folder", folder.resolve("cluster").toString()));
      return program.start(Map.of(), words).end(MOST_SECONDS);
    }
    assertEquals("submit/local", words.get(0), command);
    return program.local(shortened(words.subList(1, words.size())));
  }

  private String[] benchOnDrawings(List<String> arguments) {
    List<String> shorter = new ArrayList<>(arguments);
    shorter.replaceAll(word -> word.endsWith(".csv") ? folder.resolve(word).toString() : word);
    shorter.addAll(List.of("--images", folder.resolve("photos").toString()));
    shorter.addAll(List.of("--architectures", "conv24", "--repeats", "1"));
    shorter.addAll(SMALL_IMAGES);
    return shorter.toArray(String[]::new);
  }

  private static String[] shortened(List<String> arguments) {
    List<String> shorter = new ArrayList<>(arguments);
    switch (arguments.get(0)) {
      case "run" -> {
        shorter.addAll(SMALL_IMAGES);
        shorter.addAll(List.of("--epochs", "1"));
      }
      case "plan" -> {
        shorter.addAll(SMALL_IMAGES);
        shorter.addAll(List.of("--architectures", "conv24"));
      }
      case "prepare" -> shorter.addAll(SMALL_IMAGES);
      case "train" -> shorter.addAll(List.of("--epochs", "1"));
      case "sample" -> shorter.addAll(List.of("--images", "20"));
      default -> {}
    }
    return shorter.toArray(String[]::new);
  }
}
