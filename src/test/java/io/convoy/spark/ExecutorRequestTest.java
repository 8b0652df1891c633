package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.spark.ExecutorRequest.Allocation;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorRequestTest {
  /** Settings as {@code KEY=VALUE KEY=VALUE}, without their leading {@code spark.}. */
  private static ExecutorRequest of(String settings) {
    SparkConf conf = new SparkConf(false);
    for (String setting : settings.split(" ")) {
      conf.set("spark." + setting.split("=")[0], setting.split("=")[1]);
    }
    return ExecutorRequest.of(conf);
  }

  @ParameterizedTest
  @CsvSource({
    "'master=local-cluster[3,1,1024]', FIXED, 3",
    "master=yarn, FIXED, 2",
    "master=yarn executor.instances=7, FIXED, 7",
    "master=k8s://https://a:6443 executor.instances=3, FIXED, 3",
    "master=spark://a:7077 cores.max=8 executor.cores=4, FIXED, 2",
    "master=spark://a:7077 cores.max=8 executor.cores=4 executor.instances=9, FIXED, 2",
    "master=spark://a:7077, OPEN, 1",
    "master=spark://a:7077 cores.max=8, OPEN, 1",
    "master=spark://a:7077 executor.cores=4, OPEN, 1",
    "master=yarn dynamicAllocation.enabled=true, DYNAMIC, 1",
    "master=yarn dynamicAllocation.enabled=true executor.instances=4, DYNAMIC, 4",
    "master=yarn dynamicAllocation.enabled=true dynamicAllocation.minExecutors=3, DYNAMIC, 3",
    "master=yarn dynamicAllocation.enabled=true dynamicAllocation.initialExecutors=5, DYNAMIC, 5",
  })
  void theSettingsTellHowManyThereShouldBe(String settings, Allocation allocation, int count) {
    assertEquals(allocation, of(settings).allocation());
    assertEquals(count, of(settings).count());
  }

  @Test
  void memoryIsTheHeapAndWhatIsBesideIt() {
    assertEquals(1024 + 384, of("master=yarn").memory());
    assertEquals(
        8192, of("master=yarn executor.memory=3276m executor.memoryOverhead=4916m").memory());
  }

  @Test
  void inWordsItSaysNumberCoresAndMemory() {
    assertEquals(
        "2 executors of 4 cores, 8,192 MiB of memory (3,276 MiB of it heap) each",
        of("master=yarn executor.cores=4 executor.memory=3276m executor.memoryOverhead=4916m")
            .toString());
  }
}
