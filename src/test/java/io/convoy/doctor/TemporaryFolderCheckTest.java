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

  private static void assertMendable(CheckResult result) {
    assertTrue(result.remedy().contains("spark.local.dir"), result::toString);
  }

  @Test
  void aFolderWithRoomIsOkAndStaysEmpty() throws IOException {
    CheckResult result = TemporaryFolderCheck.of(folder, 0);
    assertEquals("", result.remedy());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aFolderWithLessThanTheLeastRoomFails() {
    CheckResult result = TemporaryFolderCheck.of(folder, Long.MAX_VALUE);
    assertMendable(result);
    assertTrue(result.found().endsWith("GiB free in " + folder), result.found());
  }

  @Test
  void aFolderThatIsNotThereFails() {
    assertMendable(TemporaryFolderCheck.of(folder.resolve("none"), 0));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatNobodyCanWriteFails() {
    CheckResult result = TemporaryFolderCheck.of(Path.of("/proc"), 0);
    assertMendable(result);
    assertTrue(result.found().startsWith("/proc cannot be written: "), result.found());
  }
}
