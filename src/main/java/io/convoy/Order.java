package io.convoy;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.UserException;
import io.convoy.job.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * What every request says.
 *
 * @param spark the caller's session
 * @param settings where the settings come from
 * @param existing what to do with an output folder that holds something
 * @param lines is told of the work
 */
record Order(
    SparkSession spark, SettingsSource settings, Existing existing, Consumer<String> lines) {

  Order {
    Objects.requireNonNull(spark, "spark");
    Objects.requireNonNull(lines, "lines");
  }

  /** With the defaults of all settings, in silence. */
  static Order in(SparkSession spark) {
    return new Order(
        spark,
        new SettingsSource(List.of(), Map.of(), List.of(), OptionalInt.empty(), Show.NOTHING),
        Existing.KEEP,
        line -> {});
  }

  /**
   * Does work in the session.
   *
   * @throws UserException if the session cannot be used, or for what a user can mend
   */
  <T> T perform(Function<Context, T> work) {
    return new CallersSession(spark, lines).perform(work);
  }

  Order with(SettingsSource changed) {
    return new Order(spark, changed, existing, lines);
  }

  Order with(Existing changed) {
    return new Order(spark, settings, changed, lines);
  }

  Order with(Consumer<String> changed) {
    return new Order(spark, settings, existing, changed);
  }
}
