package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.spark.SharedSpark;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkersTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "1, 2, 1, 2", "2, 2, 2, 2", "2, 8, 2, 8"})
  void aWorkerIsAnExecutorWithAllItsCores(int executors, int cores, int count, int threads) {
    assertEquals(new Workers(count, threads), Workers.of(executors, cores, OptionalInt.empty()));
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 2, 1", "1, 4, 3, 1", "2, 4, 4, 2", "2, 4, 3, 2", "2, 4, 1, 4", "1, 1, 3, 1"})
  void moreWorkersShareTheCoresOfTheirExecutor(int executors, int cores, int wanted, int threads) {
    assertEquals(
        new Workers(wanted, threads), Workers.of(executors, cores, OptionalInt.of(wanted)));
  }

  @Test
  void inLocalModeTheCoresAreTheMastersNotTheDefaultParallelism() {
    assertEquals(new Workers(1, 2), Workers.of(SharedSpark.context().sc(), OptionalInt.empty()));
  }
}
