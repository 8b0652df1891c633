package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

  @ParameterizedTest
  @CsvSource({"2, 0", "2, 1", "256, 255", "257, 255", "257, 256", "1000, 999"})
  void aLabelIsReadAsItWasWritten(int classes, int label) throws IOException {
    Shard.RecordLayout layout = new Shard.RecordLayout(1, 1, classes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    layout.write(out, label, new byte[] {7, 8, 9});
    assertEquals(layout.recordBytes(), out.size());
    assertEquals(label, layout.label(out.toByteArray()));
  }

  @Test
  void upTo256ClassesALabelTakesOneByteAndThenTwo() {
    assertEquals(4, new Shard.RecordLayout(1, 1, 256).recordBytes());
    assertEquals(5, new Shard.RecordLayout(1, 1, 257).recordBytes());
  }

  @Test
  void pixelsBeginBehindTheLabel() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Shard.RecordLayout(1, 1, 1000).write(out, 258, new byte[] {7, 8, 9});
    assertArrayEquals(new byte[] {2, 1, 7, 8, 9}, out.toByteArray());
  }
}
