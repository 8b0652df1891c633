package io.convoy.spark;

import io.convoy.failure.UserException;
import org.apache.spark.sql.SparkSession;

/** A session that another program made, with its settings, and goes on with afterwards. */
public final class GivenSession {
  private GivenSession() {}

  /**
   * The session for convoy's work: of the same application, with SQL settings of its own, so that
   * the caller's stay as they are.
   *
   * @throws UserException if convoy cannot work in it
   */
  public static SparkSession prepared(SparkSession given) {
    if (given.sparkContext().isStopped()) {
      throw new UserException("The SparkSession is stopped; make a new one.");
    }
    String serializer =
        given.sparkContext().getConf().get(SparkSessions.SERIALIZER, SparkSessions.JAVA_SERIALIZER);
    if (!serializer.equals(SparkSessions.JAVA_SERIALIZER)) {
      throw new UserException(
          "The SparkSession has %s = %s, in which ND4J's arrays do not arrive; make it with %s.",
          SparkSessions.SERIALIZER, serializer, SparkSessions.JAVA_SERIALIZER);
    }
    SparkSession own = given.newSession();
    SparkSessions.SQL.forEach(own.conf()::set);
    return own;
  }
}
