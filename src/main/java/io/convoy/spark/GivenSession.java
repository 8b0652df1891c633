package io.convoy.spark;

import io.convoy.failure.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A session that another program made, for convoy's work in the thread that calls. Closed, it is as
 * it was before.
 */
public final class GivenSession implements AutoCloseable {
  /** The names of jobs, which convoy gives its own. */
  private static final List<String> NAMES =
      List.of("spark.job.description", "callSite.short", "callSite.long");

  private final SparkSession own;
  private final Map<String, String> names = new HashMap<>();

  /**
   * @param given is of a running application
   * @throws UserException if convoy cannot work in it
   */
  public GivenSession(SparkSession given) {
    SparkContext context = given.sparkContext();
    if (context.isStopped()) {
      throw new UserException("The SparkSession is stopped; make a new one.");
    }
    String serializer =
        context.getConf().get(SparkSessions.SERIALIZER, SparkSessions.JAVA_SERIALIZER);
    if (!serializer.equals(SparkSessions.JAVA_SERIALIZER)) {
      throw new UserException(
          "The SparkSession has %s = %s, in which ND4J's arrays do not arrive; make it with %s.",
          SparkSessions.SERIALIZER, serializer, SparkSessions.JAVA_SERIALIZER);
    }
    NAMES.forEach(name -> names.put(name, context.getLocalProperty(name)));
    own = given.newSession();
    SparkSessions.SQL.forEach(own.conf()::set);
  }

  /**
   * Of the same application, with SQL settings of its own, so that the caller's stay as they are.
   */
  public SparkSession own() {
    return own;
  }

  @Override
  public void close() {
    if (!own.sparkContext().isStopped()) {
      names.forEach(own.sparkContext()::setLocalProperty);
    }
  }
}
