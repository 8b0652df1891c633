package io.convoy.settings;

import java.util.Objects;

/**
 * Settings and their text.
 *
 * @param hocon the whole resolved conf; {@link SettingsLoader} makes equal settings of it
 */
public record ResolvedSettings(Settings settings, String hocon) {

  /** Refuses nulls. */
  public ResolvedSettings {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(hocon, "hocon");
  }
}
