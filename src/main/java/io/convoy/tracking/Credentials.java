package io.convoy.tracking;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks the server, by the variables that MLflow's own clients in other languages read; the one
 * in Java wants to be told.
 *
 * @param variables of the environment
 */
record Credentials(Map<String, String> variables) {
  Optional<String> user() {
    return of("MLFLOW_TRACKING_USERNAME");
  }

  Optional<String> password() {
    return of("MLFLOW_TRACKING_PASSWORD");
  }

  Optional<String> token() {
    return of("MLFLOW_TRACKING_TOKEN");
  }

  /** The HTTP header {@code Authorization}: name and password, or else the token. */
  Optional<String> header() {
    return user()
        .flatMap(name -> password().map(word -> "Basic " + base64(name + ":" + word)))
        .or(() -> token().map(token -> "Bearer " + token));
  }

  private Optional<String> of(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isEmpty());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "credentials of the environment";
  }
}
