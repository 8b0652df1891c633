package io.convoy.launch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a launcher was asked for.
 *
 * @param profile of {@code conf/profiles}, without {@code .conf}
 * @param file the user's own profile, over the named one
 * @param settings options that go over the profiles, by their keys there
 * @param spark {@code KEY=VALUE} of Spark, the later over the earlier
 * @param action what to do with the line
 * @param command convoy's, with its options
 */
record Invocation(
    Cluster cluster,
    String profile,
    Optional<String> file,
    Map<String, String> settings,
    List<String> spark,
    Action action,
    List<String> command) {

  /** To run the line, or to print it alone. */
  enum Action {
    RUN,
    DRY_RUN
  }
}
