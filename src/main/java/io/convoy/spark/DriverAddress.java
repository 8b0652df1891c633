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
   * Spark's: it looks for the name as soon as a setting is read.
   *
   * @param mode whether executors have to come back to the driver
   * @throws UserException if they have to, and the name of this machine has no address
   */
  static void settleName(Mode mode, Map<String, String> environment) {
    if (!environment.containsKey(ADDRESS)) {
      nameless().ifPresent(name -> settleName(mode, name));
    }
  }

  /** Where the executors are. */
  enum Mode {
    /** In the driver: the loopback address serves. */
    LOCAL,
    CLUSTER
  }

  private static void settleName(Mode mode, String name) {
    switch (mode) {
      case LOCAL -> Utils.setCustomHostname(LOOPBACK);
      case CLUSTER ->
          throw new UserException(
              "The name of this machine, %s, has no address, and executors have to reach it: add the"
                  + " name to /etc/hosts, or set %s to the address of this machine in the cluster's"
                  + " network.",
              name, ADDRESS);
    }
  }

  /** Where all is on this machine, it is the loopback address if the user does not say another. */
  static void bindLocally(SparkConf conf, Map<String, String> environment) {
    if (!environment.containsKey(ADDRESS)) {
      conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
      conf.setIfMissing("spark.driver.host", LOOPBACK);
      conf.setIfMissing("spark.executorEnv.SPARK_LOCAL_HOSTNAME", LOOPBACK);
    }
  }

  /** The name of this machine, where it does not resolve. */
  private static Optional<String> nameless() {
    try {
      InetAddress.getLocalHost();
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of(String.valueOf(e.getMessage()).split(":")[0]);
    }
  }
}
