package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderCheckTest {
  @TempDir Path folder;

  private static void assertMendable(Verdict verdict) {
    assertTrue(verdict.remedy().contains("spark.local.dir"), verdict::toString);
  }

  @Test
  void aFolderWithRoomIsOkAndStaysEmpty() throws IOException {
    Verdict verdict = TemporaryFolderCheck.of(folder, 0);
    assertEquals("", verdict.remedy());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aFolderWithLessThanTheLeastRoomFails() {
    Verdict verdict = TemporaryFolderCheck.of(folder, Long.MAX_VALUE);
    assertMendable(verdict);
    assertTrue(verdict.found().endsWith("GiB free in " + folder), verdict.found());
  }

  @Test
  void aFolderThatIsNotThereFails() {
    assertMendable(TemporaryFolderCheck.of(folder.resolve("none"), 0));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatNobodyCanWriteFails() {
    Verdict verdict = TemporaryFolderCheck.of(Path.of("/proc"), 0);
    assertMendable(verdict);
    assertTrue(verdict.found().startsWith("/proc cannot be written: "), verdict.found());
  }
}
