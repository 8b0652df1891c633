package io.convoy;

import io.convoy.build.ThisJar;
import io.convoy.failure.UserException;
import io.convoy.job.Context;
import io.convoy.job.Context.Build;
import io.convoy.program.Diagnosis;
import io.convoy.spark.GivenSession;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Does convoy's work in a session of the caller's.
 *
 * @param spark the session
 * @param lines is told what the program would print
 */
record CallersSession(SparkSession spark, Consumer<String> lines) {
  /** It goes where the caller sends it. */
  private static final Path LOG = Path.of("the caller's log");

  /**
   * Does it.
   *
   * @throws UserException if the session cannot be used, or for what a user can mend
   */
  <T> T perform(Function<Context, T> work) {
    PrintStream out = new PrintStream(new LineOutput(lines), true, StandardCharsets.UTF_8);
    Build build = new Build(ThisJar.version(), ThisJar.commit());
    try (GivenSession session = new GivenSession(spark)) {
      return work.apply(
          new Context(
              spark.sparkContext().hadoopConfiguration(), session::own, out, out, LOG, build));
    } catch (Exception | Error e) {
      // Exception, as Spark throws checked ones that its Java signatures do not name.
      Optional<UserException> mistake = Diagnosis.of(e, Optional.empty());
      if (mistake.isPresent()) {
        throw mistake.get();
      }
      throw e;
    }
  }
}
