package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingRemarksTest {
  @ParameterizedTest
  @CsvSource({
    "840, 840 bytes",
    "4321, 4.3 kB",
    "72196500, 72.2 MB",
    "1400000000, 1.4 GB",
    "5000000000000, 5000.0 GB",
  })
  void bytesAreToldInTheUnitThatFits(long bytes, String told) {
    assertEquals(told, TrainingRemarks.size(bytes));
  }
}
