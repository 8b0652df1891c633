package io.convoy.settings;

import io.convoy.failure.UserException;
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
 * @param size of the images, as far as the settings say it themselves
 * @param again the settings as they were read, for photos of which more is known
 */
public record ResolvedSettings(
    Settings settings,
    SearchSettings search,
    TrackingSettings tracking,
    String hocon,
    List<String> choices,
    ImageSettings.GivenSize size,
    Function<TrainingPhotos, ResolvedSettings> again) {

  /** The settings as they were read, with recipes that go by these photos. */
  public ResolvedSettings forPhotos(TrainingPhotos photos) {
    return again.apply(photos);
  }

  /**
   * What is made of the settings where the photos are not known, but their recipes go by them.
   *
   * @throws UserException if it is refused whatever the photos
   */
  public <T> T ofAnyPhotos(Function<ResolvedSettings, T> made) {
    return AutomaticRecipe.ofAnyPhotos(photos -> made.apply(forPhotos(photos)));
  }

  /** The same with these classes of the images, which were found among the photos. */
  public ResolvedSettings withClasses(List<String> names) {
    return of(settings.withClasses(names));
  }

  /**
   * The same with {@code train.repeats} and {@code train.folds} written out.
   *
   * @throws UserException if the text is then longer than a conf may be
   */
  public ResolvedSettings repeated() {
    Settings all = settings.repeated();
    if (all == settings) {
      return this;
    }
    ResolvedSettings written = of(all);
    if (written.hocon.length() > Hocon.MOST_LETTERS) {
      throw TrainSettings.tooMany(all.architectures().size());
    }
    return written;
  }

  /** The same with other architectures. */
  public ResolvedSettings with(List<Architecture> architectures) {
    return of(settings.with(architectures));
  }

  /** The same with what {@code search} tries of its architectures in the text. */
  public ResolvedSettings withSearch() {
    List<String> names = settings.architectures().stream().map(Architecture::name).toList();
    return new ResolvedSettings(
        settings, search, tracking, settings.hocon() + search.hocon(names), choices, size, again);
  }

  private ResolvedSettings of(Settings others) {
    return new ResolvedSettings(others, search, tracking, others.hocon(), choices, size, again);
  }

  /** Refuses nulls and copies the list. */
  public ResolvedSettings {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(tracking, "tracking");
    Objects.requireNonNull(hocon, "hocon");
    choices = List.copyOf(choices);
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(again, "again");
  }
}
