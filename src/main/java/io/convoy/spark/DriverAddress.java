package io.convoy.spark;

import io.convoy.failure.UserException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;

/** The address at which the driver is reached. */
final class DriverAddress {
  private static final String LOOPBACK = "127.0.0.1";

  /** In which a user says the address; Spark then asks for no name. */
  private static final String ADDRESS = "SPARK_LOCAL_IP";

  private DriverAddress() {}

  /**
   * Sees to it that this machine has a name that Spark can use. To be called before all else of
   * Spark's: it looks for the name as soon as a setting is read. Without an address the loopback
   * address stands in.
   */
  static void settleName(Map<String, String> environment) {
    nameless(environment).ifPresent(name -> Utils.setCustomHostname(LOOPBACK));
  }

  /**
   * Makes sure that executors on other machines can come back to the driver.
   *
   * @throws UserException if the name of this machine has no address
   */
  static void requireReachable(SparkConf conf, Map<String, String> environment) {
    nameless(environment)
        .filter(name -> !conf.contains("spark.driver.host"))
        .ifPresent(
            name -> {
              throw new UserException(
                  "The name of this machine, %s, has no address, and executors have to reach it: add"
                      + " the name to /etc/hosts, or set %s to the address of this machine in the"
                      + " cluster's network.",
                  name, ADDRESS);
            });
  }

  /** Where all is on this machine, it is the loopback address if the user does not say another. */
  static void bindLocally(SparkConf conf, Map<String, String> environment) {
    if (!environment.containsKey(ADDRESS)) {
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.executorEnv.SPARK_LOCAL_HOSTNAME", LOOPBACK);
    }
  }

  /** The name of this machine, where it does not resolve and no address is said instead. */
  private static Optional<String> nameless(Map<String, String> environment) {
    if (environment.containsKey(ADDRESS)) {
      return Optional.empty();
    }
    try {
      InetAddress.getLocalHost();
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of(String.valueOf(e.getMessage()).split(":")[0]);
    }
  }
}
