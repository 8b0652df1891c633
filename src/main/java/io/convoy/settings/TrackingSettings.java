package io.convoy.settings;

import com.typesafe.config.ConfigValueType;
import io.convoy.failure.UserException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where runs are tracked besides their own folders. What a run trains does not depend on it.
 *
 * @param server the address of an MLflow server, without a slash at its end; empty: nowhere
 * @param experiment of that server, which is made where it is missing
 * @param files which of a run's files go there
 */
public record TrackingSettings(Optional<URI> server, String experiment, Files files) {
  private static final String NONE = "none";
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final List<String> KEYS = List.of("uri", "experiment", "files");

  /** MLflow's servers take no longer name. */
  private static final int LONGEST_NAME = 500;

  /** Which of a run's files are tracked. */
  public enum Files {
    /** The tables, the page, what made the run, and the best models. */
    ALL,
    /** All of them but the models. */
    NO_MODELS,
    NONE
  }

  /** Refuses nulls. */
  public TrackingSettings {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(files, "files");
  }

  /** Reads its block, which has all keys. */
  static TrackingSettings read(Section tracking) {
    tracking.allow(KEYS);
    return new TrackingSettings(
        server(tracking.entry("uri")),
        experiment(tracking.entry("experiment")),
        tracking.entry("files").word(Files.class));
  }

  private static String experiment(Entry entry) {
    return entry
        .text()
        .filter(name -> entry.value().valueType() == ConfigValueType.STRING)
        .filter(name -> !name.isBlank() && name.length() <= LONGEST_NAME)
        .orElseThrow(() -> entry.mustBe("a name of 1 to " + LONGEST_NAME + " letters"));
  }

  private static Optional<URI> server(Entry entry) {
    String text = entry.text().orElse("");
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text.replaceFirst("/+$", ""));
      if (uri.getRawUserInfo() != null) {
        // Not shown, as it may be a secret.
        throw new UserException(
            "%s%s has a name or a password in it: leave them out, and set the variables"
                + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.",
            Place.of(entry.value().origin()), entry.name());
      }
      if (SCHEMES.contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException noAddress) {
      throw noServer(entry);
    }
    throw noServer(entry);
  }

  private static UserException noServer(Entry entry) {
    return entry.mustBe("none, or the address of an MLflow server, as in \"http://mlflow:5000\"");
  }
}
