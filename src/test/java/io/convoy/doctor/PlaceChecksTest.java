package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.image.UnusableImageException;
import io.convoy.settings.Precision;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java, convoy, the natives and the cores of one place. */
class PlaceChecksTest {
  private static CheckResult cores(int cores, int processors, String omp) {
    return CoresCheck.of(SparkProcess.Role.EXECUTOR, OptionalInt.of(cores), processors, omp);
  }

  @Test
  void java17EverywhereIsOk() {
    assertEquals(CheckResult.ok("17.0.1"), JavaCheck.of(17, 17, "17.0.1"));
  }

  @Test
  void anExecutorWithAnotherJavaThanTheDriverFails() {
    CheckResult result = JavaCheck.of(21, 17, "21.0.1");
    assertEquals("21.0.1, the driver has 17", result.found());
    assertTrue(result.remedy().contains("spark.executorEnv.JAVA_HOME"), result.remedy());
  }

  @Test
  void aJavaThatSparkDoesNotKnowFailsEvenIfAllHaveIt() {
    assertEquals("set JAVA_HOME to a JDK 17", JavaCheck.of(21, 21, "21.0.1").remedy());
  }

  @Test
  void theSameBuildIsOk() {
    String build = BuildCheck.words("1.2.3", "0123456789abcdef0123456789abcdef01234567");
    assertEquals(CheckResult.ok("1.2.3 of commit 0123456789ab"), BuildCheck.of(build, build));
  }

  @Test
  void anotherCommitOfTheSameVersionFails() {
    CheckResult result =
        BuildCheck.of(BuildCheck.words("1.2.3", "aa"), BuildCheck.words("1.2.3", "bb"));
    assertEquals("1.2.3 of commit aa, the driver has 1.2.3 of commit bb", result.found());
    assertTrue(result.remedy().contains("spark.executor.extraClassPath"), result.remedy());
  }

  @Test
  void openCvDecodesTheBuiltInImages() throws UnusableImageException {
    assertEquals(CheckResult.ok("decodes PNG and JPEG"), NativesCheck.openCv());
  }

  @Test
  void nd4jMultipliesMatrices() {
    assertEquals(CheckResult.ok("CPU with OPENBLAS"), NativesCheck.nd4j());
  }

  @Test
  void oneDnnIsNamedWithItsInstructionSetAndPrecisions() {
    assertEquals(
        CheckResult.ok("oneDNN 2.5.2 (avx2), computes in float32"),
        NativesCheck.oneDnn(
            Optional.empty(),
            () -> "oneDNN 2.5.2 (avx2)",
            () -> EnumSet.of(Precision.FLOAT32),
            "amd64"));
  }

  @Test
  void oneDnnThatDoesNotLoadFailsWhereItIsBuiltIn() {
    CheckResult result =
        NativesCheck.oneDnn(Optional.of("no jnidnnl"), () -> "not asked for", Set::of, "amd64");
    assertTrue(result.found().endsWith("no jnidnnl"), result.found());
    assertTrue(result.remedy().contains("cachedir"), result.remedy());
  }

  @Test
  void oneDnnMayBeMissingWhereThereIsNone() {
    assertEquals(
        "", NativesCheck.oneDnn(Optional.of("no jnidnnl"), () -> "", Set::of, "aarch64").remedy());
  }

  @Test
  void asManyCoresAsProcessorsAreOk() {
    assertEquals(CheckResult.ok("2 cores of Spark, 2 processors"), cores(2, 2, ""));
  }

  @Test
  void moreCoresThanProcessorsFail() {
    String remedy = cores(8, 2, "").remedy();
    assertTrue(remedy.startsWith("set --executor-cores to at most 2"), remedy);
  }

  @Test
  void aDriverThatTrainsNothingHasNoCores() {
    assertEquals(
        CheckResult.ok("2 processors"),
        CoresCheck.of(SparkProcess.Role.DRIVER, OptionalInt.empty(), 2, ""));
  }

  @Test
  void threadsUpToTheProcessorsAreOk() {
    assertEquals(
        CheckResult.ok("1 core of Spark, 2 processors, OMP_NUM_THREADS=1"), cores(1, 2, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "0", "many"})
  void otherThreadsFail(String threads) {
    String remedy = cores(1, 2, threads).remedy();
    assertTrue(remedy.startsWith("unset OMP_NUM_THREADS"), remedy);
  }

  @Test
  void aLocaleThatLosesLettersOfFileNamesFails() {
    assertTrue(LocaleCheck.of("UTF-8").remedy().isEmpty());
    assertTrue(LocaleCheck.of("US-ASCII").remedy().contains("C.UTF-8"));
    assertTrue(LocaleCheck.of("ISO-8859-1").remedy().contains("C.UTF-8"));
  }
}
