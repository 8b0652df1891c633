package io.convoy.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BarProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void theLastBarShowsWhatWasDone() {
    BarProgress progress = new BarProgress("prepare", 4, out);
    progress.advance(1);
    progress.advance(2);
    progress.close();
    assertShows("prepare", " 75% [", "3/4 images");
  }

  @Test
  void anUnknownTotalIsShownAsAQuestionMark() {
    BarProgress progress = new BarProgress("prepare", Progress.UNKNOWN, out);
    progress.advance(3);
    progress.close();
    assertShows("3/? images");
  }

  @Test
  void noImagesAreShownToo() {
    new BarProgress("prepare", 0, out).close();
    assertShows("0/0 images");
  }

  @Test
  void aNoteStandsBesideTheBar() {
    BarProgress progress = new BarProgress("p", 4, out);
    progress.note("1 bad");
    progress.close();
    assertShows("1 bad");
  }

  @Test
  void aLineStandsByItself() {
    BarProgress progress = new BarProgress("p", 4, out);
    progress.line("1 bad");
    progress.close();
    assertShows("p: 1 bad" + System.lineSeparator());
  }

  @Test
  void closingAgainPrintsNothing() {
    BarProgress progress = new BarProgress("prepare", 4, out);
    progress.close();
    int size = bytes.size();
    progress.close();
    assertEquals(size, bytes.size());
  }

  private void assertShows(String... parts) {
    String shown = bytes.toString(StandardCharsets.UTF_8);
    for (String part : parts) {
      assertTrue(shown.contains(part), () -> part + " is missing in: " + shown);
    }
  }
}
