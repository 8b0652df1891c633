package io.convoy.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.failure.UserException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {
  private static final Optional<String> LOCAL = Optional.of("local");
  private static final Throwable HEAP = new OutOfMemoryError("Java heap space");
  private static final Throwable NATIVE =
      new OutOfMemoryError("Cannot allocate new FloatPointer(1000): totalBytes = 4G");

  private static final String ABORTED =
      "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent failure: Lost"
          + " task 0.3 in stage 3.0 (TID 9) (10.0.0.7 executor 5): ";

  @Test
  void aMistakeIsFoundBehindWhatSparkThrows() {
    assertTold("check --images", new SparkException("x", new UserException("check --images")));
  }

  @Test
  void whatWasThrownIsTheCauseOfWhatIsTold() {
    assertSame(HEAP, Diagnosis.of(HEAP, LOCAL).orElseThrow().getCause());
    UserException mistake = new UserException("check --images");
    assertSame(mistake, Diagnosis.of(new SparkException("x", mistake), LOCAL).orElseThrow());
    assertNull(mistake.getCause());
  }

  @Test
  void aLimitOfSparksForResultsIsNamed() {
    assertTold(
        "spark.driver.maxResultSize (1024.0 MiB): start Spark with a larger one",
        new SparkException(
            "Job aborted due to stage failure: Total size of serialized results of 4 tasks (1100.0"
                + " MiB) is bigger than spark.driver.maxResultSize (1024.0 MiB)"));
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

    assertTold("start the same command again", new SparkException("x", full));
  }

  @Test
  void anExhaustedQuotaOfHdfsIsAFullDisk() {
    assertTold(
        "no space is left there",
        new UncheckedIOException(
            "hdfs://n/run: quota",
            new IOException("The DiskSpace quota of /run is exceeded: quota = 1 B")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Could not parse Master URL: 'sprak://h:1'", "Invalid master URL: sprak://h:1"})
  void aMasterThatSparkDoesNotKnowIsTold(String said) {
    UserException told = Diagnosis.ofStart(new SparkException(said), LOCAL).orElseThrow();
    assertTrue(
        told.getMessage().startsWith("sprak://h:1 is no master of Spark's; give local[*], "),
        told.getMessage());
  }

  @Test
  void aHeapThatIsTooSmallForSparkNamesTheVariableThatSizesIt() {
    Throwable small =
        new IllegalArgumentException(
            "[INVALID_DRIVER_MEMORY] System memory 62914560 must be at least 471859200.");

    String told = Diagnosis.ofStart(small, LOCAL).orElseThrow().getMessage();

    assertTrue(told.contains("set CONVOY_HEAP to more"), told);
  }

  private static void assertRaise(String option, Throwable thrown, Optional<String> launcher) {
    String told = Diagnosis.of(thrown, launcher).orElseThrow().getMessage();
    assertTrue(told.contains(". Raise " + option), told);
  }

  @Test
  void outOfMemoryOnThisMachineNamesTheVariableOfTheHeapOrOfNativeMemory() {
    assertRaise("CONVOY_HEAP", new SparkException("x", HEAP), LOCAL);
    assertRaise("CONVOY_NATIVE", new IllegalStateException(NATIVE), LOCAL);
  }

  @Test
  void outOfMemoryOnAClusterNamesTheOptionOfTheDriverOrTheExecutors() {
    assertRaise("--driver-memory", HEAP, Optional.of("yarn"));
    assertRaise("--executor-memory", new SparkException("x", NATIVE), Optional.of("standalone"));
  }

  @Test
  void aMachineWithoutRoomForANetworkIsOutOfMemory() {
    Throwable refused = new RuntimeException("Allocation failed: [std::bad_alloc]");

    assertRaise("the memory of the machine", new SparkException("x", refused), LOCAL);
  }

  @Test
  void outOfMemoryUnderSparkSubmitNamesItsOptionOrJavas() {
    assertRaise("--driver-memory of spark-submit", HEAP, Optional.empty());
    assertRaise(
        "-Dorg.bytedeco.javacpp.maxbytes in spark.executor.extraJavaOptions",
        new SparkException("x", NATIVE),
        Optional.empty());
  }

  @Test
  void executorsWithoutScratchFolderAreToldWhatToLookAt() {
    String lost =
        ABORTED
            + "ExecutorLostFailure (executor 5 exited caused by one of the running tasks) Reason:"
            + " Command exited with code 53\nDriver stacktrace:";

    assertTold("SPARK_LOCAL_DIRS", new SparkException(lost));
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
        "hdfs://n/run/x: I/O error; what was finished is kept",
        new RuntimeException(
            new UncheckedIOException("hdfs://n/run/x: I/O error", new IOException("I/O error"))));
  }

  @Test
  void aFileThatIsGoneIsToldAsMissing() {
    assertTold(
        "hdfs://n/run/x: there is no such file",
        new UncheckedIOException("hdfs://n/run/x: gone", new FileNotFoundException("gone")));
  }

  @Test
  void aFileThatIsCutShortIsToldAsDamaged() {
    assertTold(
        "hdfs://n/run/x cannot be read (cut): the file is damaged",
        new UncheckedIOException("hdfs://n/run/x: cut", new EOFException("cut")));
  }

  @Test
  void jsonThatIsNoneIsNoFailingFileSystem() {
    IOException noJson =
        assertThrows(IOException.class, () -> new ObjectMapper().readTree("{".getBytes(UTF_8)));

    assertEquals(Optional.empty(), Diagnosis.of(new UncheckedIOException(noJson), LOCAL));
  }

  @Test
  void anIOExceptionOfNoPlaceIsABug() {
    assertEquals(
        Optional.empty(), Diagnosis.of(new UncheckedIOException(new IOException("x")), LOCAL));
  }

  @Test
  void aFileThatJavaNamesIsToldToo() {
    assertTold("/data/x: Stale", new FileSystemException("/data/x", null, "Stale"));
  }

  @Test
  void anAddressThatSparkCannotListenAtIsTold() {
    String told =
        Diagnosis.ofStart(new SparkException("x", new BindException("in use")), LOCAL)
            .orElseThrow()
            .getMessage();

    assertTrue(told.contains("SPARK_LOCAL_IP"), told);
  }

  @Test
  void whatIsNothingOfTheseIsABug() {
    assertEquals(
        Optional.empty(),
        Diagnosis.of(new SparkException(ABORTED + "java.lang.AssertionError"), LOCAL));
  }

  private static void assertTold(String part, Throwable thrown) {
    String told = Diagnosis.of(thrown, LOCAL).orElseThrow().getMessage();
    assertTrue(told.contains(part), told);
    assertEquals(1, told.lines().count(), told);
  }
}
