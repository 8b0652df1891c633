package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTableTest {
  @Test
  void whatFailsIsToldAgainWithItsRemedyBelowTheTable() {
    assertEquals(
        """
        place           check   found         result
        --------------  ------  ------------  ------
        driver (a)      memory  heap 2.0 GiB  ok
        executor 1 (b)  clock   90 s behind   FAILED

        executor 1 (b), clock: 90 s behind
        Remedy: synchronise the clock
        """,
        FindingsTable.render(
            List.of(
                new Finding("driver (a)", "memory", "heap 2.0 GiB", ""),
                new Finding("executor 1 (b)", "clock", "90 s behind", "synchronise the clock"))));
  }

  @Test
  void noLineIsLongerThan120Columns() {
    String text =
        FindingsTable.render(
            List.of(
                new Finding("driver (a)", "out", "words ".repeat(50), "other words ".repeat(30))));
    assertTrue(text.lines().allMatch(line -> line.length() <= 120), text);
  }

  @Test
  void whatTheTableHasNoRoomForIsWholeBelow() {
    String found = "/a/long/path".repeat(12);
    String text = FindingsTable.render(List.of(new Finding("driver", "out", found, "mend it")));
    assertTrue(text.contains("...  FAILED"), text);
    assertTrue(text.contains(found), text);
  }
}
