package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.Chromium.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page of a run of the packaged program, opened in Chromium. */
@Timeout(120)
class ReportIT {
  private static final Path SCREENSHOTS = Path.of("target/report-screenshots");
  private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]*)\"");

  /** Each would set {@code window.hostile}, if it were more than text. */
  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=window.hostile=1>",
          "<script>window.hostile=1<script>",
          "\" onload=\"window.hostile=1",
          "{{{conf}}}");

  private static final String REST =
      "loss=cross-entropy,optimizer{name=adam,learning-rate=1e-3},batch=8,epochs=3}";

  @TempDir static Path folder;
  private static Chromium chromium;

  @BeforeAll
  static void runOnce() throws IOException, InterruptedException {
    chromium = new Chromium(Files.createDirectory(folder.resolve("profile")));
    Program program = new Program(folder);
    Path photos = folder.resolve("photos");
    program.local("sample", "--out", photos.toString(), "--images", "120");
    for (int i = 0; i < 120; i++) {
      Path drawing = photos.resolve("cats/cat." + i + ".jpg");
      if (Files.exists(drawing)) {
        Files.move(drawing, drawing.resolveSibling(HOSTILE.get(i % HOSTILE.size()) + i + ".jpg"));
      }
    }
    Files.writeString(photos.resolve("dogs/<b onclick=window.hostile=1>.jpg"), "no image");
    Program.Ended ended = program.local(run(photos));
    assertEquals(0, ended.status(), ended::toString);
  }

  private static String[] run(Path photos) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--images", photos.toString(), "--out", at("run").toString()));
    for (String setting :
        List.of(
            "images.height=16",
            "images.width=20",
            "images.max-rejected=0.5",
            "split.shares.train=0.4",
            "split.shares.validation=0.4",
            "split.shares.test=0.2",
            "architectures=null",
            "architectures.dense-with-a-rather-long-name={layers=[{dense=4}]," + REST,
            "architectures.convolution-with-a-rather-long-name={layers=[{conv=6,kernel=3},"
                + "{pool=max,kernel=2},{dense=8}],"
                + REST)) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments.toArray(String[]::new);
  }

  private static Path at(String name) {
    return folder.resolve(name);
  }

  @AfterAll
  static void end() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() {
    chromium.look(Look.LIGHT);
    chromium.console();
    chromium.requests();
    chromium.open(at("run/report/index.html"));
  }

  private static void assertNothingWentWrong() {
    assertEquals(List.of(), chromium.console());
    assertNull(chromium.ask("return window.hostile"));
  }

  private static WebElement chart(String name) {
    return chromium.driver().findElement(By.cssSelector("[data-chart=" + name + "]"));
  }

  @Test
  void everyChartIsDrawn() {
    assertEquals(
        List.of(
            "accuracy",
            "learning",
            "learning",
            "size",
            "time",
            "roc",
            "thresholds",
            "calibration",
            "histogram",
            "shapes"),
        chromium.ask(
            "return [...document.querySelectorAll('[data-chart]')]"
                + ".filter(plot => plot.querySelectorAll('svg path').length > 3"
                + " && plot.getBoundingClientRect().height > 100)"
                + ".map(plot => plot.dataset.chart)"));
    assertNothingWentWrong();
  }

  @Test
  void nothingButThePageIsAskedFor() {
    List<String> elsewhere = new ArrayList<>();
    for (String request : chromium.requests()) {
      Matcher url = URL.matcher(request);
      assertTrue(url.find(), request);
      if (!url.group(1).startsWith("data:") && !url.group(1).endsWith("/report/index.html")) {
        elsewhere.add(url.group(1));
      }
    }
    assertEquals(List.of(), elsewhere);
  }

  @Test
  void hostileNamesAreText() {
    String text = (String) chromium.ask("return document.body.innerText");
    assertTrue(text.contains("<b onclick=window.hostile=1>.jpg"), text);
    assertTrue(text.contains("window.hostile=1>"), text);
    assertEquals(
        0L,
        chromium.ask("return document.querySelectorAll('[onerror],[onclick],[onload]').length"));
    assertNothingWentWrong();
  }

  @Test
  void photosAndKernelsAreShown() {
    assertEquals(
        0L,
        chromium.ask("return [...document.images].filter(image => !image.naturalWidth).length"));
    assertTrue((long) chromium.ask("return document.images.length") > 20);
  }

  @Test
  void theChoiceOfAnArchitectureChangesChartsTableAndPhotos() {
    String before = chart("roc").getAttribute("innerHTML");
    String photos = shown(".gallery");
    String counts = shown(".confusion");
    choose("#series option:nth-child(2)");
    assertNotEquals(before, chart("roc").getAttribute("innerHTML"));
    assertNotEquals(photos, shown(".gallery"));
    assertNotEquals(counts, shown(".confusion"));
    assertNothingWentWrong();
  }

  @Test
  void theChoiceOfASplitChangesTheCounts() {
    String before = shown(".confusion");
    choose("#split option[value=test]");
    assertNotEquals(before, shown(".confusion"));
    assertNothingWentWrong();
  }

  private static void choose(String option) {
    chromium.driver().findElement(By.cssSelector(option)).click();
  }

  /** The text of the only element of its kind that is not hidden. */
  private static String shown(String selector) {
    List<WebElement> visible =
        chromium.driver().findElements(By.cssSelector(selector)).stream()
            .filter(WebElement::isDisplayed)
            .toList();
    assertEquals(1, visible.size());
    return visible.get(0).getText();
  }

  @Test
  void thePointerShowsTheValues() {
    WebElement chart = chart("accuracy");
    new Actions(chromium.driver()).scrollToElement(chart).moveToElement(chart).perform();
    assertTrue(chart.getText().contains("Epoch 2"), chart.getText());
    assertTrue(chart.getText().contains("%"), chart.getText());
    assertNothingWentWrong();
  }

  @ParameterizedTest
  @EnumSource
  void itFitsTheWindow(Look look) throws IOException {
    chromium.look(look);
    chromium.open(at("run/report/index.html"));
    assertEquals(
        chromium.ask("return window.innerWidth"),
        chromium.ask("return Math.max(window.innerWidth, document.documentElement.scrollWidth)"));
    chromium.capture(SCREENSHOTS.resolve(look.name().toLowerCase(Locale.ROOT) + ".png"));
    assertNothingWentWrong();
  }

  @Test
  void itIsPrintedOnWhite() throws IOException {
    chromium.look(Look.DARK);
    chromium.open(at("run/report/index.html"));
    chromium.ask("window.dispatchEvent(new Event('beforeprint'))");
    assertEquals(
        "rgb(255, 255, 255)",
        chromium.ask("return getComputedStyle(document.body).backgroundColor"));
    assertEquals(2L, openDetails(), "run.conf and provenance.json are on paper");
    chromium.ask("window.dispatchEvent(new Event('afterprint'))");
    assertEquals(0L, openDetails());
    chromium.print(SCREENSHOTS.resolve("print.pdf"));
    assertNothingWentWrong();
  }

  private static Object openDetails() {
    return chromium.ask("return document.querySelectorAll('details[open]').length");
  }

  @Test
  void aLegendTakesTheRowsThatItNeeds() {
    chromium.look(Look.PHONE);
    chromium.open(at("run/report/index.html"));
    String roc = chart("roc").getText();
    assertTrue(roc.contains("dense-with-a-rather-long-name"), roc);
    assertTrue(roc.contains("convolution-with-a-rather-long-name"), roc);
    assertFalse(roc.contains("1/2"), roc);
  }
}
