package io.convoy.job;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.settings.ConfFile;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import io.convoy.storage.UnreachableStore;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Resolves the settings of a command: command line over conf files over defaults. */
final class SettingsFiles {
  /** Set by the launchers. */
  private static final String SENT = "convoy.confs.sent";

  /** Windows puts it before texts. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private SettingsFiles() {}

  /**
   * Reads the conf files and their bases, on any file system, lays the command line over them, and
   * shows what came of it where that is asked for.
   *
   * @throws UserException for a mistake in one of them
   */
  static ResolvedSettings resolve(SettingsSource source, Context context) {
    return resolve(source, context, new SettingsLoader()::load);
  }

  /** Makes settings of conf files and the command line. */
  @FunctionalInterface
  interface Reading {
    ResolvedSettings load(List<ConfFile> files, Map<String, String> overrides);
  }

  /** Resolves the settings with another way to read the files. */
  static ResolvedSettings resolve(SettingsSource source, Context context, Reading reading) {
    List<ConfFile> files = ConfFile.withBases(source.confs(), file -> read(file, context));
    Map<String, String> overrides = new LinkedHashMap<>(source.overrides());
    List<String> selected = source.architectures();
    List<String> ready =
        new SettingsLoader().defaultArchitectures().stream().filter(selected::contains).toList();
    if (!ready.isEmpty()) {
      overrides.put("defaults", ready.toString());
    }
    ResolvedSettings resolved = reading.load(files, overrides);
    Settings wanted =
        selected.isEmpty() ? resolved.settings() : resolved.settings().select(selected);
    for (Architecture architecture : resolved.settings().architectures()) {
      String key = "architectures.\"" + architecture.name() + "\"";
      if (!wanted.architectures().contains(architecture)) {
        overrides.put(key, "null");
      } else if (source.epochs().isPresent()) {
        overrides.put(key + ".epochs", Integer.toString(source.epochs().getAsInt()));
      }
    }
    ResolvedSettings complete = reading.load(files, overrides);
    show(source, complete, context);
    return complete;
  }

  /** Prints them where that is asked for. */
  static void show(SettingsSource source, ResolvedSettings resolved, Context context) {
    if (source.show() == Show.CONF) {
      context.print("%s", resolved.hocon());
    }
  }

  private static Optional<String> read(String file, Context context) {
    Storage conf = context.storage(local(file, context));
    if (!conf.exists()) {
      return Optional.empty();
    }
    if (conf.isFolder()) {
      throw new UserException("%s is a folder, and no conf file; check --conf.", file);
    }
    try {
      return Optional.of(new String(conf.readSmall(), StandardCharsets.UTF_8));
    } catch (UncheckedIOException e) {
      throw UnreachableStore.behind(e)
          .orElseGet(
              () ->
                  new UserException(
                      "%s cannot be read (%s); check --conf, and the disk or store it is on.",
                      file, e.getCause().getMessage()));
    }
  }

  /**
   * The lines of a text file that a setting names, on any file system.
   *
   * @throws UserException if it is not there
   */
  static Stream<String> lines(String file, Context context) {
    Storage text = context.storage(file);
    if (!text.exists()) {
      throw new UserException("%s: there is no such file; check split.lists.", text);
    }
    String read = new String(text.readSmall(), StandardCharsets.UTF_8);
    return (read.startsWith(BYTE_ORDER_MARK) ? read.substring(1) : read).lines();
  }

  /**
   * A conf file without a scheme lies beside the user, not on the cluster's file system; those that
   * the launcher sent along lie in the folder that the driver starts in.
   */
  private static String local(String file, Context context) {
    boolean sent = context.hadoop().getBoolean(SENT, false);
    if (file.contains(":/") && !(sent && file.startsWith("file:"))) {
      return file;
    }
    Path path = Path.of(file);
    return "file:" + (sent ? path.getFileName() : path).toAbsolutePath();
  }
}
