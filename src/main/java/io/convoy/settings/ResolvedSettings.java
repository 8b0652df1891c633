package io.convoy.settings;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Settings and their text.
 *
 * @param search what {@code search} tries; no part of the text
 * @param tracking where the run is tracked; no part of the text, as another run of the same text is
 *     the same run
 * @param hocon the whole resolved conf; {@link SettingsLoader} makes equal settings of it
 * @param choices what was left to the photos, and came of it, a line each
 * @param again the settings as they were read, for photos of which more is known
 */
public record ResolvedSettings(
    Settings settings,
    SearchSettings search,
    TrackingSettings tracking,
    String hocon,
    List<String> choices,
    Function<TrainingPhotos, ResolvedSettings> again) {

  /** The settings as they were read, with recipes that go by these photos. */
  public ResolvedSettings forPhotos(TrainingPhotos photos) {
    return again.apply(photos);
  }

  /** Whether the size of the images goes by the photos. */
  public boolean leaveSizeToPhotos() {
    ImageSettings ofSmall =
        forPhotos(TrainingPhotos.OF_THE_TUTORIAL.ofSize(1, 1)).settings.images();
    ImageSettings ofUsual = forPhotos(TrainingPhotos.OF_THE_TUTORIAL).settings.images();
    return !ofSmall.equals(ofUsual);
  }

  /** The same with these classes of the images, which were found among the photos. */
  public ResolvedSettings withClasses(List<String> names) {
    return of(settings.withClasses(names));
  }

  /** The same with {@code train.repeats} written out. */
  public ResolvedSettings repeated() {
    Settings all = settings.repeated();
    return all == settings ? this : of(all);
  }

  /** The same with other architectures. */
  public ResolvedSettings with(List<Architecture> architectures) {
    return of(settings.with(architectures));
  }

  /** The same with what {@code search} tries in the text. */
  public ResolvedSettings withSearch() {
    return new ResolvedSettings(
        settings, search, tracking, settings.hocon() + search.hocon(), choices, again);
  }

  private ResolvedSettings of(Settings others) {
    return new ResolvedSettings(others, search, tracking, others.hocon(), choices, again);
  }

  /** Refuses nulls and copies the list. */
  public ResolvedSettings {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(tracking, "tracking");
    Objects.requireNonNull(hocon, "hocon");
    choices = List.copyOf(choices);
    Objects.requireNonNull(again, "again");
  }
}
