package io.convoy.job;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import io.convoy.storage.UnreachableStore;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resolves the settings of a command: command line over conf file over defaults. */
final class SettingsFiles {
  private SettingsFiles() {}

  /**
   * Reads the conf file, on any file system, lays the command line over it, and shows what came of
   * it where that is asked for.
   *
   * @throws UserException for a mistake in either
   */
  static ResolvedSettings resolve(SettingsSource source, Context context) {
    return resolve(source, context, new SettingsLoader()::load);
  }

  /** Makes settings of a conf file's text, its name, and the command line. */
  @FunctionalInterface
  interface Reading {
    ResolvedSettings load(String text, String origin, Map<String, String> overrides);
  }

  /** The same with another way to read. */
  static ResolvedSettings resolve(SettingsSource source, Context context, Reading reading) {
    String origin = source.conf().orElse("the defaults");
    String text = source.conf().map(file -> read(file, context)).orElse("");
    Map<String, String> overrides = new LinkedHashMap<>(source.overrides());
    List<String> selected = source.architectures();
    List<String> ready =
        new SettingsLoader().defaultArchitectures().stream().filter(selected::contains).toList();
    if (!ready.isEmpty()) {
      overrides.put("defaults", ready.toString());
    }
    ResolvedSettings resolved = reading.load(text, origin, overrides);
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
    ResolvedSettings complete = reading.load(text, origin, overrides);
    if (source.show() == Show.CONF) {
      context.print("%s", complete.hocon());
    }
    return complete;
  }

  private static String read(String file, Context context) {
    Storage conf = context.storage(local(file));
    if (!conf.exists()) {
      throw new UserException("%s: there is no such conf file; check --conf.", file);
    }
    try {
      return new String(conf.read(), StandardCharsets.UTF_8);
    } catch (UncheckedIOException e) {
      throw UnreachableStore.behind(e)
          .orElseGet(
              () ->
                  new UserException(
                      "%s cannot be read as a conf file: it is a folder, or damaged; check --conf.",
                      file));
    }
  }

  /** A conf file without a scheme lies beside the user, not on the cluster's file system. */
  private static String local(String file) {
    return file.contains(":/") ? file : "file:" + java.nio.file.Path.of(file).toAbsolutePath();
  }
}
