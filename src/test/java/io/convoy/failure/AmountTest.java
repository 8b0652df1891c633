package io.convoy.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | thread | 0 threads",
        "1 | thread | 1 thread",
        "5120 | photo | 5,120 photos",
        "1 | minibatch | 1 minibatch",
        "2 | minibatch | 2 minibatches",
        "2 | epoch | 2 epochs",
        "3 | class | 3 classes",
      })
  void oneIsSingularAndAllElseIsPlural(long number, String thing, String told) {
    assertEquals(told, Amount.of(number, thing));
  }

  @Test
  void ofManyNamesTheFirstAreTold() {
    assertEquals("a, b", Amount.ofNames(List.of("a", "b")));
    List<String> names = IntStream.range(0, 13).mapToObj(i -> "n" + i).toList();
    assertEquals("n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 3 others", Amount.ofNames(names));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1 byte",
        "840 | 840 bytes",
        "4321 | 4.3 kB",
        "72196500 | 72.2 MB",
        "1400000000 | 1.4 GB",
        "5000000000000 | 5,000.0 GB",
      })
  void bytesAreToldInTheUnitThatFits(long bytes, String told) {
    assertEquals(told, Amount.ofBytes(bytes));
  }
}
