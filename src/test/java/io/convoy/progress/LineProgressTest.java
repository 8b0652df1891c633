package io.convoy.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LineProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private Duration now = Duration.ofDays(-3);

  @Test
  void aLineTellsTheRateAndTheTimeLeft() {
    Progress progress = start(5_120);
    advanceAfter(10, progress, 1_200);
    assertEquals(List.of("prepare: 1,200 of 5,120 images, 120 images/s, 33 s left"), lines());
  }

  @Test
  void theTimeLeftIsLongerWhereLaterImagesTakeLonger() {
    Progress progress = start(300);
    progress.weigh(1, 100 + 200 * 3);
    advanceAfter(10, progress, 100);
    progress.weigh(3, 200 * 3);
    advanceAfter(30, progress, 100);
    assertEquals(
        List.of(
            "prepare: 100 of 300 images, 10 images/s, 1 min 0 s left",
            "prepare: 200 of 300 images, 5.0 images/s, 30 s left"),
        lines());
  }

  @Test
  void theTimeLeftCountsWhatIsDoneBetweenImages() {
    Progress progress = start(200);
    progress.weigh(1, 2 * (100 + 50));
    advanceAfter(10, progress, 100);
    now = now.plusSeconds(5);
    progress.weigh(1, 100 + 50);
    advanceAfter(10, progress, 100);
    assertEquals(
        List.of(
            "prepare: 100 of 200 images, 10 images/s, 20 s left",
            "prepare: 200 of 200 images, 8.0 images/s, 5 s left"),
        lines());
  }

  @Test
  void beforeTenSecondsNothingIsPrinted() {
    Progress progress = start(5_120);
    advanceAfter(9, progress, 1_200);
    assertEquals(List.of(), lines());
  }

  @Test
  void linesAreTenSecondsApart() {
    Progress progress = start(1_000);
    for (int second = 0; second < 35; second++) {
      advanceAfter(1, progress, 20);
    }
    assertEquals(
        List.of(
            "prepare: 200 of 1,000 images, 20 images/s, 40 s left",
            "prepare: 400 of 1,000 images, 20 images/s, 30 s left",
            "prepare: 600 of 1,000 images, 20 images/s, 20 s left"),
        lines());
  }

  @Test
  void theLastLineTellsTheWholeTime() {
    Progress progress = start(5_120);
    advanceAfter(6, progress, 5_120);
    progress.close();
    assertEquals(List.of("prepare: 5,120 of 5,120 images in 6 s, 853 images/s"), lines());
  }

  @Test
  void anUnknownTotalHasNoTimeLeft() {
    Progress progress = start(Progress.UNKNOWN);
    advanceAfter(10, progress, 300);
    progress.close();
    assertEquals(
        List.of("prepare: 300 images, 30 images/s", "prepare: 300 images in 10 s, 30 images/s"),
        lines());
  }

  @Test
  void aLineStandsByItself() {
    start(100).line("1 bad");
    assertEquals(List.of("prepare: 1 bad"), lines());
  }

  @Test
  void noImagesHaveNoRate() {
    start(0).close();
    assertEquals(List.of("prepare: 0 of 0 images in 0 s"), lines());
  }

  @Test
  void aLineWithoutImagesYetHasNoTimeLeft() {
    Progress progress = start(100);
    advanceAfter(10, progress, 0);
    assertEquals(List.of("prepare: 0 of 100 images"), lines());
  }

  @Test
  void moreImagesThanExpectedHaveNoTimeLeft() {
    Progress progress = start(100);
    advanceAfter(10, progress, 200);
    assertEquals(List.of("prepare: 200 of 100 images, 20 images/s"), lines());
  }

  @Test
  void aSlowRateKeepsADecimal() {
    Progress progress = start(100);
    advanceAfter(10, progress, 5);
    assertEquals(List.of("prepare: 5 of 100 images, 0.5 images/s, 3 min 10 s left"), lines());
  }

  @Test
  void longTimesAreInHours() {
    Progress progress = start(1_000_000);
    advanceAfter(10, progress, 1_000);
    assertEquals(
        List.of("prepare: 1,000 of 1,000,000 images, 100 images/s, 2 h 46 min left"), lines());
  }

  @Test
  void aNoteEndsTheLine() {
    Progress progress = start(10);
    progress.note("3 rejected");
    progress.close();
    assertEquals(List.of("prepare: 0 of 10 images in 0 s, 3 rejected"), lines());
  }

  @Test
  void closingAgainPrintsNothing() {
    Progress progress = start(0);
    progress.close();
    progress.close();
    assertEquals(1, lines().size());
  }

  @Test
  void afterTheCloseNothingIsPrinted() {
    Progress progress = start(100);
    progress.close();
    advanceAfter(10, progress, 1);
    assertEquals(1, lines().size());
  }

  @Test
  void manyThreadsAdvanceTogether() {
    Progress progress = start(10_000);
    IntStream.range(0, 10_000).parallel().forEach(i -> progress.advance(1));
    progress.close();
    assertEquals(List.of("prepare: 10,000 of 10,000 images in 0 s"), lines());
  }

  @Test
  void withoutATerminalProgressIsLines() {
    Progress.start("prepare", 0, out).close();
    assertEquals(List.of("prepare: 0 of 0 images in 0 s"), lines());
  }

  private Progress start(long total) {
    return new LineProgress("prepare", total, out, () -> now.toNanos());
  }

  private void advanceAfter(long seconds, Progress progress, long images) {
    now = now.plusSeconds(seconds);
    progress.advance(images);
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
