package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.RunCommand;
import io.convoy.failure.UserException;
import io.convoy.sample.SampleAction;
import io.convoy.spark.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** A folder with photos, and commands on it that take seconds: tiny images and networks. */
final class Workplace {
  /** Two architectures of a few hundred parameters, one epoch of minibatches of 8. */
  static final Map<String, String> TINY = tiny();

  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private final Configuration hadoop;

  Workplace(Path folder) {
    this(folder, new Configuration());
  }

  Workplace(Path folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  private static Map<String, String> tiny() {
    String rest = "loss=cross-entropy, optimizer{name=adam, learning-rate=1e-3}, batch=8, epochs=1";
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("images.height", "16");
    settings.put("images.width", "20");
    settings.put("images.classes", "[dog, cat]");
    settings.put("architectures", "null");
    settings.put("architectures.wide", "{layers=[{dense=4}], " + rest + "}");
    settings.put("architectures.deep", "{layers=[{conv=2,kernel=3},{dense=3}], " + rest + "}");
    return settings;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  String at(String name) {
    return path(name).toString();
  }

  /** Draws 40 photos into {@code photos}. */
  Workplace withPhotos() {
    new SampleAction(SharedSpark.session()).drawAnimals(at("photos"), 40, 1);
    return this;
  }

  /** Puts a file into the place that is no image, whatever its name says. */
  Workplace withBadPhoto(String name) {
    try {
      Files.writeString(path(name), "no image");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Context context() {
    return context(SharedSpark::session);
  }

  /** For commands that shall end before Spark starts. */
  Context contextWithoutSpark() {
    return context(
        () -> {
          throw new AssertionError("Spark was started");
        });
  }

  Context context(Supplier<SparkSession> spark) {
    return new Context(
        hadoop,
        spark,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        path("convoy.log"),
        new Context.Build("0.0.0", "0123456789abcdef0123456789abcdef01234567"));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  static SettingsSource tinySettings() {
    return settings(Map.of());
  }

  /** The tiny settings with others over them. */
  static SettingsSource settings(Map<String, String> more) {
    Map<String, String> overrides = new LinkedHashMap<>(TINY);
    overrides.putAll(more);
    return new SettingsSource(List.of(), overrides, List.of(), OptionalInt.empty(), Show.NOTHING);
  }

  static SettingsSource settings(List<String> confs, List<String> architectures) {
    return new SettingsSource(confs, Map.of(), architectures, OptionalInt.empty(), Show.NOTHING);
  }

  /** Runs into a folder on the file system that dies when told to, and gives what is remarked. */
  String runOnDyingDisk(String out, SettingsSource settings, Optional<String> from) {
    Workplace fresh = new Workplace(folder, hadoop);
    new RunJob(fresh.context()).run(fresh.run("dying://" + at(out), settings, from));
    return fresh.err();
  }

  /** Why a run is refused, before Spark starts and before anything is written. */
  String refusal(SettingsSource settings, Optional<String> from) {
    return refusal("photos", settings, from);
  }

  /** The same for the photos of another folder. */
  String refusal(String photos, SettingsSource settings, Optional<String> from) {
    RunCommand command =
        new RunCommand(
            at(photos),
            at("refused"),
            Optional.of(at("datasets")),
            settings,
            Existing.KEEP,
            from,
            Optional.empty());
    String message =
        assertThrows(UserException.class, () -> new RunJob(contextWithoutSpark()).run(command))
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    assertFalse(Files.exists(path("refused")));
    return message;
  }

  private RunCommand run(String out, SettingsSource settings, Optional<String> from) {
    return new RunCommand(
        at("photos"),
        out,
        Optional.of(at("datasets")),
        settings,
        Existing.KEEP,
        from,
        Optional.empty());
  }

  RunCommand run(String out, SettingsSource settings) {
    return new RunCommand(at("photos"), at(out), Optional.empty(), settings, Existing.KEEP);
  }
}
