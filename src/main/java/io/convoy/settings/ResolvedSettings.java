package io.convoy.settings;

import java.util.List;
import java.util.Objects;

/**
 * Settings and their text.
 *
 * @param search what {@code search} tries; no part of the text
 * @param hocon the whole resolved conf; {@link SettingsLoader} makes equal settings of it
 */
public record ResolvedSettings(Settings settings, SearchSettings search, String hocon) {

  /** The same with these classes of the images, which were found among the photos. */
  public ResolvedSettings withClasses(List<String> names) {
    Settings known = settings.withClasses(names);
    return new ResolvedSettings(known, search, known.hocon());
  }

  /** The same with {@code train.repeats} written out. */
  public ResolvedSettings repeated() {
    Settings all = settings.repeated();
    return all == settings ? this : new ResolvedSettings(all, search, all.hocon());
  }

  /** The same with other architectures. */
  public ResolvedSettings with(List<Architecture> architectures) {
    Settings others = settings.with(architectures);
    return new ResolvedSettings(others, search, others.hocon());
  }

  /** The same with what {@code search} tries in the text. */
  public ResolvedSettings withSearch() {
    return new ResolvedSettings(settings, search, settings.hocon() + search.hocon());
  }

  /** Refuses nulls. */
  public ResolvedSettings {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(hocon, "hocon");
  }
}
