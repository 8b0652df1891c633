package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
  private static final long GIB = 1L << 30;
  private static final SparkProcess EXECUTOR = SparkProcess.executor("1", "a");

  private static Memory memory(
      SparkProcess place, long heap, long nativeMemory, long container, long granted) {
    return new Memory(place, "machine", "a/", heap, nativeMemory, 0, container, granted, 16 * GIB);
  }

  private static Memory of(long heap, long nativeMemory) {
    return memory(EXECUTOR, heap * GIB, nativeMemory * GIB, Cgroup.NONE, Cgroup.NONE);
  }

  @Test
  void heapAndNativeMemoryThatFitIntoTheMachineAreOk() {
    assertEquals(
        CheckResult.ok("heap 4.0 GiB + native 12.0 GiB of the machine's 16.0 GiB"),
        MemoryCheck.of(of(4, 12)));
  }

  @Test
  void heapAndNativeMemoryBeyondTheMachineFail() {
    CheckResult result = MemoryCheck.of(of(4, 13));
    assertTrue(result.remedy().startsWith("lower --executor-memory"), result.remedy());
  }

  @Test
  void theSettingsOfTheDriverAreOthers() {
    SparkProcess driver = SparkProcess.driver("a");
    String remedy =
        MemoryCheck.of(memory(driver, 8 * GIB, 9 * GIB, Cgroup.NONE, Cgroup.NONE)).remedy();
    assertTrue(remedy.contains("CONVOY_HEAP") && remedy.contains("CONVOY_NATIVE"), remedy);
  }

  @Test
  void aContainerSmallerThanTheMachineCounts() {
    assertEquals(
        "heap 2.0 GiB + native 2.0 GiB of the container's 3.0 GiB",
        MemoryCheck.of(memory(EXECUTOR, 2 * GIB, 2 * GIB, 3 * GIB, Cgroup.NONE)).found());
  }

  @Test
  void aGrantThatIsTooSmallIsToBeRaisedByWhatIsMissing() {
    CheckResult result = MemoryCheck.of(memory(EXECUTOR, 4 * GIB, 4 * GIB, Cgroup.NONE, 5 * GIB));
    assertEquals("heap 4.0 GiB + native 4.0 GiB of the cluster's grant of 5.0 GiB", result.found());
    assertTrue(
        result.remedy().startsWith("raise spark.executor.memoryOverhead by 3.0 GiB"),
        result.remedy());
  }

  @Test
  void aPhysicalLimitBelowTheSumFails() {
    Memory memory =
        new Memory(EXECUTOR, "m", "c", GIB, GIB, GIB, Cgroup.NONE, Cgroup.NONE, 16 * GIB);
    CheckResult result = MemoryCheck.of(memory);
    assertTrue(result.remedy().contains("maxphysicalbytes"), result.remedy());
  }

  @Test
  void aPhysicalLimitOfTheSumIsOk() {
    Memory memory =
        new Memory(EXECUTOR, "m", "c", GIB, GIB, 2 * GIB, Cgroup.NONE, Cgroup.NONE, 16 * GIB);
    assertEquals("", MemoryCheck.of(memory).remedy());
  }

  @Test
  void twoExecutorsThatFitOneByOneAndNotTogetherFail() {
    List<Finding> findings = MemoryCheck.together(List.of(of(4, 5), of(4, 5)));
    assertEquals(1, findings.size());
    assertEquals("2 processes on one machine, 18.0 GiB of 16.0 GiB", findings.get(0).found());
    assertTrue(findings.get(0).failed());
  }

  @Test
  void twoExecutorsThatFitTogetherAreOk() {
    assertEquals("", MemoryCheck.together(List.of(of(4, 4), of(4, 4))).get(0).remedy());
  }

  @Test
  void executorsOfOneContainerHaveToFitIntoItTogether() {
    Memory memory = memory(EXECUTOR, 2 * GIB, 2 * GIB, 6 * GIB, Cgroup.NONE);
    List<Finding> findings = MemoryCheck.together(List.of(memory, memory));
    assertEquals(
        List.of(
            "2 processes on one machine, 8.0 GiB of 16.0 GiB",
            "2 processes on one container, 8.0 GiB of 6.0 GiB"),
        findings.stream().map(Finding::found).toList());
    assertTrue(findings.get(1).failed());
  }

  @Test
  void aPlaceThatIsAloneOnItsMachineHasNoRowOfTheSum() {
    assertEquals(List.of(), MemoryCheck.together(List.of(of(4, 5))));
  }
}
