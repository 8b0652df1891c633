package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class RequestedMemoryTest {
  private static final long MIB = 1L << 20;

  private static SparkConf on(String master) {
    return new SparkConf(false).set("spark.master", master).set("spark.executor.memory", "4g");
  }

  @Test
  void aStandaloneClusterHoldsToNoGrant() {
    assertEquals(Cgroup.NONE, RequestedMemory.ofExecutor(on("spark://a:7077")));
  }

  @Test
  void yarnGrantsATenthBesideTheHeapUnlessToldOtherwise() {
    assertEquals((4096 + 409) * MIB, RequestedMemory.ofExecutor(on("yarn")));
  }

  @Test
  void theOverheadOfTheSettingsCounts() {
    assertEquals(
        8192 * MIB,
        RequestedMemory.ofExecutor(on("k8s://a").set("spark.executor.memoryOverhead", "4g")));
  }

  @Test
  void aDriverBesideTheUserHasNoGrant() {
    assertEquals(Cgroup.NONE, RequestedMemory.ofDriver(on("yarn")));
  }

  @Test
  void aDriverOnTheClusterHasOne() {
    assertEquals(
        (1024 + 384) * MIB,
        RequestedMemory.ofDriver(on("yarn").set("spark.submit.deployMode", "cluster")));
  }
}
