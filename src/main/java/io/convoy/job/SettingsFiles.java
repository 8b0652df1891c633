package io.convoy.job;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Resolves the settings of a command: command line over conf file over defaults. */
final class SettingsFiles {
  private SettingsFiles() {}

  /**
   * Reads the conf file, on any file system, and lays the command line over it.
   *
   * @throws UserException for a mistake in either
   */
  static ResolvedSettings resolve(SettingsSource source, Configuration hadoop) {
    String origin = source.conf().orElse("the defaults");
    String text = source.conf().map(file -> read(file, hadoop)).orElse("");
    SettingsLoader loader = new SettingsLoader();
    Map<String, String> overrides = new LinkedHashMap<>(source.overrides());
    ResolvedSettings resolved = loader.load(text, origin, overrides);
    List<String> selected = source.architectures();
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
    return loader.load(text, origin, overrides);
  }

  private static String read(String file, Configuration hadoop) {
    Storage conf = Storage.at(local(file), hadoop);
    if (!conf.exists()) {
      throw new UserException("%s: there is no such conf file; check --conf.", file);
    }
    return new String(conf.read(), StandardCharsets.UTF_8);
  }

  /** A conf file without a scheme lies beside the user, not on the cluster's file system. */
  private static String local(String file) {
    return file.contains(":/")
        ? file
        : java.nio.file.Path.of(file).toAbsolutePath().toUri().toString();
  }
}
