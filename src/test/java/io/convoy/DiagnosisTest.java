package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final String ABORTED =
      "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent failure: Lost"
          + " task 0.3 in stage 3.0 (TID 9) (10.0.0.7 executor 5): ";

  @Test
  void aMistakeIsFoundBehindWhatSparkThrows() {
    assertTold("check --images", new SparkException("x", new UserException("check --images")));
  }

  @Test
  void aFullDiskIsToldWithItsPlace() {
    Throwable full =
        new UncheckedIOException(
            "file:/data/run/best.zip: No space left on device",
            new IOException("No space left on device"));

    assertTold("file:/data/run/best.zip: no space is left there", new RuntimeException(full));
  }

  @Test
  void aFullDiskOfSparksOwnIsToldToo() {
    Throwable full = new Error(new IOException("No space left on device"));

    assertTold("no space is left there", new SparkException("x", full));
  }

  @Test
  void anExhaustedQuotaOfHdfsIsAFullDisk() {
    assertTold(
        "no space is left there",
        new UncheckedIOException(
            "hdfs://n/run: quota",
            new IOException("The DiskSpace quota of /run is exceeded: quota = 1 B")));
  }

  @Test
  void lostExecutorsAreToldWithTheReason() {
    String lost =
        ABORTED
            + "ExecutorLostFailure (executor 5 exited caused by one of the running tasks) Reason:"
            + " Command exited with code 137\nDriver stacktrace:";

    assertTold("executor 5: Command exited with code 137. Their logs", new SparkException(lost));
  }

  @Test
  void aFailingFileSystemIsToldWithItsPlace() {
    assertTold(
        "hdfs://n/run/x: Connection reset; what was finished is kept",
        new RuntimeException(
            new UncheckedIOException(
                "hdfs://n/run/x: Connection reset", new IOException("Connection reset"))));
  }

  @Test
  void whatIsNothingOfTheseIsABug() {
    assertEquals(
        Optional.empty(), Diagnosis.of(new SparkException(ABORTED + "java.lang.AssertionError")));
  }

  private static void assertTold(String part, Throwable thrown) {
    String told = Diagnosis.of(thrown).orElseThrow().getMessage();
    assertTrue(told.contains(part), told);
    assertEquals(1, told.lines().count(), told);
  }
}
