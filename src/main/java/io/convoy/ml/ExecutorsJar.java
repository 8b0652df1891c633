package io.convoy.ml;

import io.convoy.build.ThisJar;
import io.convoy.failure.UserException;
import io.convoy.spark.JobNames;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** Convoy's classes on the executors, which come there only if the user sends them. */
final class ExecutorsJar {
  private ExecutorsJar() {}

  /**
   * Makes sure that they are there, by a job with a task a core; in local mode they are.
   *
   * @throws UserException if they are not
   */
  static void require(SparkContext context) {
    if (context.isLocal()) {
      return;
    }
    JobNames names = new JobNames(context);
    names.begin("convoy: looking for its classes on the executors");
    try {
      List<Integer> tasks = IntStream.range(0, context.defaultParallelism()).boxed().toList();
      JavaSparkContext.fromSparkContext(context)
          .parallelize(tasks, tasks.size())
          .map(task -> ThisJar.version())
          .collect();
    } catch (Exception e) {
      // Exception, as Spark throws checked ones that its Java signatures do not name.
      if (isForWantOfClasses(e)) {
        throw new UserException(
            "The executors do not have convoy's classes; start the session with --jars convoy.jar,"
                + " or with spark.jars set to it.");
      }
      throw e;
    } finally {
      names.end();
    }
  }

  /**
   * Spark gives what happened on an executor as text alone; a lambda's class is asked for first.
   */
  static boolean isForWantOfClasses(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("ClassNotFoundException: io.convoy.")
          || message.contains("NoClassDefFoundError: io/convoy/")
          || message.contains("SerializedLambda")) {
        return true;
      }
    }
    return false;
  }
}
