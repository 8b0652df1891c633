package io.convoy.search;

import io.convoy.settings.SearchSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long trials are begun and go on.
 *
 * @param minutes of the search
 * @param imagePasses of all trials
 */
public record Budget(Optional<Double> minutes, OptionalLong imagePasses) {
  private static final int SECONDS = 60;

  /** The budget of some settings. */
  public static Budget of(SearchSettings search) {
    return new Budget(search.minutes(), search.imagePasses());
  }

  /**
   * Why no trial begins or goes on any more, in words; empty while there is something left.
   *
   * @param seconds since the search began
   * @param images that have passed through the networks of all trials
   */
  public Optional<String> spent(double seconds, long images) {
    if (minutes.filter(most -> seconds >= most * SECONDS).isPresent()) {
      return Optional.of("search.minutes (" + minutes.get() + ") are over");
    }
    if (imagePasses.isPresent() && images >= imagePasses.getAsLong()) {
      return Optional.of(
          String.format(
              Locale.ROOT, "search.image-passes (%,d) are spent", imagePasses.getAsLong()));
    }
    return Optional.empty();
  }
}
