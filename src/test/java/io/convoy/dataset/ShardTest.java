package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

  @ParameterizedTest
  @CsvSource({"2, 0", "2, 1", "256, 255", "257, 255", "257, 256", "1000, 999"})
  void aLabelIsReadAsItWasWritten(int classes, int label) {
    Shard.RecordLayout layout = new Shard.RecordLayout(1, 1, classes);
    byte[] record = layout.record(label, new byte[] {7, 8, 9});
    assertEquals(layout.recordBytes(), record.length);
    assertEquals(label, layout.label(record));
  }

  @Test
  void upTo256ClassesALabelTakesOneByteAndThenTwo() {
    assertEquals(4, new Shard.RecordLayout(1, 1, 256).recordBytes());
    assertEquals(5, new Shard.RecordLayout(1, 1, 257).recordBytes());
  }

  @Test
  void pixelsBeginBehindTheLabel() {
    assertArrayEquals(
        new byte[] {2, 1, 7, 8, 9},
        new Shard.RecordLayout(1, 1, 1000).record(258, new byte[] {7, 8, 9}));
  }
}
