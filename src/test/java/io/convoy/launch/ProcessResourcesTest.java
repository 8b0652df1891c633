package io.convoy.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessResourcesTest {
  @Test
  void eightGibibytesAndFourCoresAreDivided() {
    ProcessResources executor = new ProcessResources(8192, 4);
    assertEquals(3276, executor.heap());
    assertEquals(4916, executor.overhead());
    assertEquals(4532, executor.nativeMemory());
    assertEquals(4, executor.openMpThreads());
    assertEquals(
        List.of(
            "-Dorg.bytedeco.javacpp.maxbytes=4532m",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=8192m"),
        executor.javaOptions());
  }

  @ParameterizedTest
  @ValueSource(longs = {1200, 1201, 1999, 4096, 6144, 1_048_575})
  void heapAndOverheadAreAllOfTheMemory(long memory) {
    ProcessResources process = new ProcessResources(memory, 1);
    assertEquals(memory, process.heap() + process.overhead());
  }

  @Test
  void theLeastMemoryIsEnoughForSparkAndForNativeArithmetic() {
    ProcessResources least = new ProcessResources(ProcessResources.LEAST_MEMORY, 1);
    assertEquals(480, least.heap());
    assertTrue(least.nativeMemory() >= 256);
  }

  @Test
  void lessThanTheLeastMemoryIsRefused() {
    long less = ProcessResources.LEAST_MEMORY - 1;
    assertThrows(IllegalArgumentException.class, () -> new ProcessResources(less, 1));
  }
}
