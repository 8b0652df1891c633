package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfFileTest {
  private static final String BLOCK =
      " { layers = [], loss = mse, optimizer { name = sgd, learning-rate = 1 }, batch = 1, epochs = 1 }\n";

  private static List<ConfFile> files(Map<String, String> texts, String... paths) {
    return ConfFile.withBases(List.of(paths), path -> Optional.ofNullable(texts.get(path)));
  }

  private static Settings load(Map<String, String> texts, String... paths) {
    return new SettingsLoader().load(files(texts, paths), Map.of()).settings();
  }

  private static String message(Map<String, String> texts, String... paths) {
    String message = assertThrows(UserException.class, () -> load(texts, paths)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static List<String> names(List<ConfFile> files) {
    return files.stream().map(ConfFile::name).toList();
  }

  @Test
  void theLaterFileGoesOverTheEarlier() {
    Map<String, String> texts =
        Map.of("a", "images { height = 10, width = 11 }", "b", "images.height = 20");
    assertEquals(20, load(texts, "a", "b").images().height());
    assertEquals(10, load(texts, "b", "a").images().height());
    assertEquals(11, load(texts, "a", "b").images().width());
  }

  @Test
  void theCommandLineGoesOverAllFiles() {
    List<ConfFile> files =
        files(Map.of("a", "images.height = 10", "b", "images.height = 20"), "a", "b");
    assertEquals(
        30,
        new SettingsLoader()
            .load(files, Map.of("images.height", "30"))
            .settings()
            .images()
            .height());
  }

  @Test
  void theNetworksOfAllFilesAreTrainedInTheirOrder() {
    Map<String, String> texts =
        Map.of(
            "a", "architectures.second" + BLOCK,
            "b", "architectures.first" + BLOCK,
            "c", "architectures.second.epochs = 7");
    assertEquals(
        List.of("second 7", "first 1"),
        load(texts, "a", "b", "c").architectures().stream()
            .map(each -> each.name() + " " + each.epochs())
            .toList());
  }

  @Test
  void aMistakeIsToldWithTheFileThatHasIt() {
    String message =
        message(Map.of("a", "based-on = b", "b", "\nimages.height = tall", "c", ""), "a", "c");
    assertTrue(message.startsWith("b:2: images.height is "), message);
  }

  @Test
  void aFileGoesOverItsBaseAndThatOverItsOwn() {
    Map<String, String> texts =
        Map.of(
            "nets/a.conf", "based-on = ../b.conf, images.height = 10",
            "b.conf", "images { height = 20, width = 21 }, based-on = \"nets/c.conf\"",
            "nets/c.conf", "images { height = 30, width = 31 }, train.seed = 32");
    assertEquals(
        List.of("nets/c.conf", "b.conf", "nets/a.conf"), names(files(texts, "nets/a.conf")));
    Settings settings = load(texts, "nets/a.conf");
    assertEquals(10, settings.images().height());
    assertEquals(21, settings.images().width());
    assertEquals(32, settings.train().seed());
  }

  @Test
  void aBaseIsOnTheFileSystemOfTheFileThatNamesIt() {
    Map<String, String> texts =
        Map.of(
            "s3a://lab/nets/a.conf", "based-on = ../b.conf",
            "s3a://lab/b.conf", "based-on = /c.conf",
            "s3a://lab/c.conf", "based-on = \"hdfs:///d/e.conf\"",
            "hdfs:///d/e.conf", "based-on = f.conf",
            "hdfs:///d/f.conf", "");
    assertEquals(
        List.of(
            "hdfs:///d/f.conf",
            "hdfs:///d/e.conf",
            "s3a://lab/c.conf",
            "s3a://lab/b.conf",
            "s3a://lab/nets/a.conf"),
        names(files(texts, "s3a://lab/nets/a.conf")));
  }

  @Test
  void aBaseOfTwoFilesDoesNotGoOverTheFirst() {
    Map<String, String> texts =
        Map.of(
            "a", "based-on = c, images.height = 10", "b", "based-on = c", "c", "images.height = 9");
    assertEquals(List.of("c", "a", "b"), names(files(texts, "a", "b")));
    assertEquals(10, load(texts, "a", "b").images().height());
  }

  @Test
  void anotherScheduleOrOptimizerReplacesThatOfTheBaseWhole() {
    Architecture architecture =
        load(
                Map.of(
                    "a",
                    """
                    based-on = photos
                    architectures.residual9 {
                      schedule { name = step, every-epochs = 5, factor = 0.5 }
                      optimizer { name = sgd, learning-rate = 0.1 }
                    }
                    """),
                "a")
            .architectures()
            .get(0);
    assertEquals(new Schedule.Step(0, 5, 0.5), architecture.recipe().schedule());
    assertEquals(new Optimizer.Sgd(0.1), architecture.optimizer());
  }

  @Test
  void theSameScheduleKeepsWhatTheBaseSays() {
    assertEquals(
        new Schedule.Cosine(3, 0.5),
        load(
                Map.of(
                    "a",
                    "based-on = photos, architectures.residual9.schedule { name = cosine, end = 0.5 }"),
                "a")
            .architectures()
            .get(0)
            .recipe()
            .schedule());
  }

  @Test
  void aMissingBaseIsToldWithTheConfsThatShip() {
    assertEquals(
        "nets/a.conf:2: based-on is modren: did you mean modern? there is no file nets/modren, and the"
            + " confs that come with convoy are backbones, cifar, demo, fine-tune, flowers, full,"
            + " many-photos, modern, photos, search, seed, small, study.",
        message(Map.of("nets/a.conf", "\nbased-on = modren"), "nets/a.conf"));
    assertEquals(
        "nets/a.conf:1: based-on is conf/modern.conf: did you mean modern? there is no file"
            + " nets/conf/modern.conf, and the confs that come with convoy are backbones, cifar, demo, fine-tune,"
            + " flowers, full, many-photos, modern, photos, search, seed, small, study.",
        message(Map.of("nets/a.conf", "based-on = conf/modern.conf"), "nets/a.conf"));
  }

  @Test
  void basesInACircleAreTold() {
    assertEquals(
        "b:1: based-on goes in a circle, a -> b -> a: take it out of one of them.",
        message(Map.of("a", "based-on = ./b", "b", "based-on = x/../a"), "a"));
    assertEquals(
        "c:1: based-on goes in a circle, c -> c: take it out of one of them.",
        message(Map.of("a", "based-on = c", "c", "based-on = c"), "a"));
  }

  @Test
  void aFileMayBeBasedOnTheConfOfItsOwnNameThatComesWithConvoy() {
    String name = "conf/modern.conf";
    assertEquals(
        List.of(name, name),
        names(files(Map.of(name, "based-on = modern\nimages.height = 9"), name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[modern]", "{}", "null", "\"\"", "${x}", "\"a\\u0000\""})
  void whatIsNoNameIsRefused(String base) {
    String message = message(Map.of("a", "x = modern\nbased-on = " + base), "a");
    assertTrue(message.startsWith("a:2: based-on is "), message);
    assertTrue(
        message.contains("it must be the path of a conf file, or one of backbones,"), message);
  }

  @Test
  void theCommandLineHasNoBase() {
    assertEquals(
        "--set based-on=modern: only a conf file has a base; give the conf with --conf.",
        assertThrows(
                UserException.class,
                () -> new SettingsLoader().load("", "none", Map.of("based-on", "modern")))
            .getMessage());
  }

  @Test
  void hugeBasesAreRefused() {
    String half = "\n#" + "x".repeat(600_000);
    String message = message(Map.of("a", "based-on = b" + half, "b", half), "a");
    assertTrue(message.contains("confs may have 1,000,000 together"), message);
    assertTrue(message(Map.of("a", half, "b", half), "a", "b").contains("1,000,000 together"));
  }

  @Test
  void substitutionsThatGrowFromBaseToBaseAreRefused() {
    Map<String, String> texts =
        Stream.iterate(1, i -> i < 60, i -> i + 1)
            .collect(
                Collectors.toMap(
                    i -> "f" + i,
                    i -> "based-on = f%d, a%d = ${a%d}${a%d}".formatted(i - 1, i, i - 1, i - 1)));
    texts.put("f0", "a0 = xx");
    assertTrue(message(texts, "f59").contains("too large"));
  }

  @Test
  void everyConfThatIsThereCanBeABase() throws IOException {
    try (Stream<Path> confs = Files.list(Path.of("conf"))) {
      assertEquals(
          Stream.concat(ConfFile.SHIPPED.stream(), Stream.of("convoy"))
              .map(name -> name + ".conf")
              .sorted()
              .toList(),
          confs
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".conf"))
              .sorted()
              .toList());
    }
    for (String name : ConfFile.SHIPPED) {
      assertEquals(
          load(Map.of("a", Files.readString(Path.of("conf", name + ".conf"))), "a"),
          load(Map.of("a", "based-on = " + name), "a"));
    }
  }

  @Test
  void theSettingsOfARunStandWithoutTheBase() {
    ResolvedSettings resolved =
        new SettingsLoader().load(files(Map.of("a", "based-on = full"), "a"), Map.of());
    assertEquals(resolved.settings(), load(Map.of("a", resolved.hocon()), "a"));
  }
}
