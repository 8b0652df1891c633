package io.convoy.tracking;

import java.util.Map;

/**
 * A run as the server is to have it: a run of convoy, or a training in it.
 *
 * @param key its own among all that one tracker tells of; that of the run of convoy is {@link
 *     #ROOT}
 * @param name that people see
 * @param parameters that do not change any more; keys of letters, digits and {@code _ - . space /
 *     :}
 * @param tags that a run which goes on may replace
 */
public record TrackedRun(
    String key, String name, Map<String, String> parameters, Map<String, String> tags) {
  /** The key of the run that all others belong to. */
  public static final String ROOT = "";

  /** Copies the maps. */
  public TrackedRun {
    parameters = Map.copyOf(parameters);
    tags = Map.copyOf(tags);
  }

  /** How a run ends. */
  public enum End {
    FINISHED,
    FAILED
  }
}
