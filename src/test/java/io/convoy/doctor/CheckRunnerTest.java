package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {
  private static Finding of(CheckRunner.Check check) {
    return new CheckRunner("driver").check("java", "mend it", check).findings().get(0);
  }

  private static Finding failing(String found) {
    return new Finding("driver", "java", found, "mend it");
  }

  @Test
  void aCheckThatThrowsFailsWithTheFirstLine() {
    assertEquals(
        failing("first"),
        of(
            () -> {
              throw new IllegalStateException("first\nsecond");
            }));
  }

  @Test
  void aThrownErrorWithoutAMessageIsNamed() {
    assertEquals(
        failing("NullPointerException"),
        of(
            () -> {
              throw new NullPointerException();
            }));
  }

  @Test
  void aMessageThatIsANameAloneIsExplainedByItsType() {
    assertEquals(
        failing("NoSuchFileException: /a"),
        of(
            () -> {
              throw new NoSuchFileException("/a");
            }));
  }

  @Test
  void aMissingLibraryFailsAndTheNextCheckIsRun() {
    List<Finding> findings =
        new CheckRunner("driver")
            .check(
                "java",
                "mend it",
                () -> {
                  throw new UnsatisfiedLinkError("no jni");
                })
            .check("next", "mend it", () -> CheckResult.ok("fine"))
            .findings();
    assertEquals(
        List.of(failing("UnsatisfiedLinkError: no jni"), new Finding("driver", "next", "fine", "")),
        findings);
  }
}
