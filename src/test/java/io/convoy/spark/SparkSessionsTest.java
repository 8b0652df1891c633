package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkSessionsTest {
  private static final String MASTER = "spark.master";
  private static final String HEARTBEATS = "spark.storage.blockManagerHeartbeatTimeoutMs";

  private static SparkConf configured(SparkConf user) {
    return SparkSessions.configure(user, "convoy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[2]"})
  void aMachineMaySleepForDaysInLocalMode(String master) {
    SparkConf conf = configured(new SparkConf(false).set(MASTER, master));
    assertTrue(conf.getTimeAsMs(HEARTBEATS) > Duration.ofDays(100).toMillis());
  }

  @Test
  void theExecutorsOfAClusterAreMissedAsSparkSays() {
    SparkConf conf = configured(new SparkConf(false).set(MASTER, "spark://there:7077"));
    assertFalse(conf.contains(HEARTBEATS));
  }

  @Test
  void theUsersJavaOptionsForExecutorsStandBehindThoseOfConvoy() {
    String options = "spark.executor.extraJavaOptions";
    String users = "-XX:Tier4CompileThreshold=15000";
    String all = configured(new SparkConf(false).set(options, users)).get(options);
    assertTrue(
        all.indexOf("-XX:Tier4CompileThreshold=") < all.indexOf(users), () -> "in vain: " + all);
  }

  @Test
  void theUsersSettingsWinOverTheDefaults() {
    SparkConf conf = configured(new SparkConf(false).set(HEARTBEATS, "5s"));
    assertEquals("5s", conf.get(HEARTBEATS));
  }
}
