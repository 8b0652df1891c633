package io.convoy.settings;

import java.util.List;
import java.util.Objects;

/**
 * Settings and their text.
 *
 * @param search what {@code search} tries; no part of the text
 * @param tracking where the run is tracked; no part of the text, as another run of the same text is
 *     the same run
 * @param hocon the whole resolved conf; {@link SettingsLoader} makes equal settings of it
 */
public record ResolvedSettings(
    Settings settings, SearchSettings search, TrackingSettings tracking, String hocon) {

  /** The same with these classes of the images, which were found among the photos. */
  public ResolvedSettings withClasses(List<String> names) {
    Settings known = settings.withClasses(names);
    return new ResolvedSettings(known, search, tracking, known.hocon());
  }

  /** The same with {@code train.repeats} written out. */
  public ResolvedSettings repeated() {
    Settings all = settings.repeated();
    return all == settings ? this : new ResolvedSettings(all, search, tracking, all.hocon());
  }

  /** The same with other architectures. */
  public ResolvedSettings with(List<Architecture> architectures) {
    Settings others = settings.with(architectures);
    return new ResolvedSettings(others, search, tracking, others.hocon());
  }

  /** The same with what {@code search} tries in the text. */
  public ResolvedSettings withSearch() {
    return new ResolvedSettings(settings, search, tracking, settings.hocon() + search.hocon());
  }

  /** Refuses nulls. */
  public ResolvedSettings {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(tracking, "tracking");
    Objects.requireNonNull(hocon, "hocon");
  }
}
