package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchOfTest {
  @ParameterizedTest
  @CsvSource({
    "WORKER,64,1,64",
    "WORKER,64,4,64",
    "ALL_WORKERS,64,1,64",
    "ALL_WORKERS,64,2,32",
    "ALL_WORKERS,64,3,22",
    "ALL_WORKERS,2,5,1"
  })
  void aWorkersMinibatchIsTheWholeOrItsPartRoundedUp(
      BatchOf batchOf, int batch, int workers, int images) {
    assertEquals(images, batchOf.perWorker(batch, workers));
  }
}
