package io.convoy.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JointProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private Duration now = Duration.ZERO;
  private final JointProgress all = new JointProgress("train", 3, 90, out, () -> now.toNanos());

  @Test
  void eachTaskThatRunsHasALineAndAllTogetherHaveOne() {
    Progress one = all.start("train a", 100, 30);
    Progress other = all.start("train b", 200, 30);
    one.advance(50);
    now = now.plusSeconds(10);
    other.advance(50);

    assertEquals(
        List.of(
            "train a: 50 of 100 images, 5.0 images/s, 10 s left",
            "train b: 50 of 200 images, 5.0 images/s, 30 s left",
            "train: 0 of 3 done, 2 running, 30 s left"),
        lines());
  }

  @Test
  void linesAreTenSecondsApart() {
    Progress one = all.start("train a", 100, 30);
    now = now.plusSeconds(10);
    one.advance(10);
    now = now.plusSeconds(9);
    one.advance(10);

    assertEquals(2, lines().size());
  }

  @Test
  void aTaskThatHasEndedCountsAndSaysHowLongItTook() {
    Progress one = all.start("train a", 100, 30);
    one.advance(100);
    now = now.plusSeconds(5);
    one.close();
    all.ended(30);
    all.note("best so far a");
    Progress other = all.start("train b", 100, 30);
    now = now.plusSeconds(5);
    other.advance(50);

    assertEquals(
        List.of(
            "train a: 100 of 100 images in 5 s, 20 images/s",
            "train b: 50 of 100 images, 10 images/s, 5 s left",
            "train: 1 of 3 done, 1 running, 10 s left, best so far a"),
        lines());
  }

  @Test
  void whatWasDoneBeforeItBeganIsNotCountedAsFast() {
    all.ended(30);
    Progress other = all.start("train b", 100, 30);
    now = now.plusSeconds(10);
    other.advance(50);

    assertEquals("train: 1 of 3 done, 1 running, 30 s left", lines().get(1));
  }

  @Test
  void moreTasksThanWereForeseenAreCountedWithoutATimeThatIsLeft() {
    for (int task = 0; task < 3; task++) {
      all.ended(30);
    }
    Progress more = all.start("train d", 100, 30);
    now = now.plusSeconds(10);
    more.advance(50);

    assertEquals("train: 3 done, 1 running", lines().get(1));
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
