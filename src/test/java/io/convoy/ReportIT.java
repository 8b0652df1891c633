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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
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

  private static final List<String> TWO =
      List.of(
          "architectures.dense-with-a-rather-long-name={layers=[{dense=4}]," + REST,
          "architectures.convolution-with-a-rather-long-name={layers=[{conv=6,kernel=3},"
              + "{pool=max,kernel=2},{dense=8}],"
              + REST);

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
    Path figures = folder.resolve("figures");
    program.local("sample", "--out", figures.toString(), "--classes", "7", "--images", "210");
    for (String[] arguments :
        List.of(
            run(photos, "run", TWO), run(photos, "many", alike()), run(figures, "seven", TWO))) {
      Program.Ended ended = program.local(arguments);
      assertEquals(0, ended.status(), ended::toString);
    }
  }

  /** Ten networks whose figures lie so near to one another that their points do too. */
  private static List<String> alike() {
    return IntStream.rangeClosed(1, 10)
        .mapToObj(
            i ->
                "architectures.alike-number-%d={layers=[{dense=4}],%s"
                    .formatted(i, REST.replace("1e-3", "1.%02de-3".formatted(i))))
        .toList();
  }

  private static String[] run(Path photos, String name, List<String> architectures) {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--images", photos.toString(), "--out", at(name).toString()));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "images.height=16",
                "images.width=20",
                "images.max-rejected=0.5",
                "split.shares.train=0.4",
                "split.shares.validation=0.4",
                "split.shares.test=0.2",
                "architectures=null"));
    settings.addAll(architectures);
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
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
            "size",
            "time",
            "inference",
            "accuracy",
            "learning",
            "learning",
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

  @Test
  void theMapOfManyClassesTellsTheCellUnderThePointerAndByArrowKeys() {
    chromium.open(at("seven/report/index.html"));
    WebElement map =
        chromium.driver().findElements(By.cssSelector(".heat")).stream()
            .filter(WebElement::isDisplayed)
            .findFirst()
            .orElseThrow();
    new Actions(chromium.driver()).scrollToElement(map).moveToElement(map).perform();
    String pointed = shown(".cell");
    assertTrue(pointed.matches("class-\\d+ called class-\\d+: \\d+ of \\d+ photos, .* %"), pointed);
    map.sendKeys(Keys.ARROW_LEFT);
    assertNotEquals(pointed, shown(".cell"));
    assertNothingWentWrong();
  }

  @Test
  void theChoiceOfAClassChangesItsCurves() {
    chromium.open(at("seven/report/index.html"));
    String before = chart("roc").getAttribute("innerHTML");
    choose("#class option:not(:checked)");
    assertNotEquals(before, chart("roc").getAttribute("innerHTML"));
    assertNothingWentWrong();
  }

  @Test
  void theClassesAreATableFromTheLowestF1UpThatAnyHeadingSorts() {
    chromium.open(at("seven/report/index.html"));
    List<Double> f1 = column(5);
    assertEquals(7, f1.size());
    assertEquals(f1.stream().sorted().toList(), f1);
    chromium.driver().findElement(By.cssSelector(".sorted th:nth-child(3) button")).click();
    assertEquals(column(3).stream().sorted().toList(), column(3));
    assertNothingWentWrong();
  }

  private static List<Double> column(int number) {
    return chromium
        .driver()
        .findElements(By.cssSelector(".sorted tbody td:nth-child(%d)".formatted(number)))
        .stream()
        .map(cell -> Double.valueOf(cell.getText()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void aPageOfManyClassesFitsTheWindow(Look look) throws IOException {
    chromium.look(look);
    chromium.open(at("seven/report/index.html"));
    assertEquals(
        chromium.ask("return window.innerWidth"),
        chromium.ask("return Math.max(window.innerWidth, document.documentElement.scrollWidth)"));
    chromium.capture(SCREENSHOTS.resolve("seven-" + look.name().toLowerCase(Locale.ROOT) + ".png"));
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
    assertEquals(3L, openDetails(), "the columns' meanings, run.conf and provenance.json");
    chromium.ask("window.dispatchEvent(new Event('afterprint'))");
    assertEquals(0L, openDetails());
    chromium.print(SCREENSHOTS.resolve("print.pdf"));
    assertNothingWentWrong();
  }

  private static Object openDetails() {
    return chromium.ask("return document.querySelectorAll('details[open]').length");
  }

  @Test
  void thePhoneShowsNameAccuracyAndTestAccuracyWithoutScrolling() {
    chromium.look(Look.SMALL_PHONE);
    chromium.open(at("run/report/index.html"));
    WebElement row = chromium.driver().findElement(By.cssSelector(".ranking .entry tr"));
    List<WebElement> cells =
        row.findElements(By.cssSelector("th, td")).stream()
            .filter(WebElement::isDisplayed)
            .toList();
    for (WebElement cell : cells.subList(0, 3)) {
      assertTrue(cell.getRect().x >= 0, cell.getText());
      assertTrue(cell.getRect().x + cell.getRect().width <= 360, cell.getText());
    }
    assertEquals(List.of("Architecture", "Accuracy", "Test accuracy"), headings().subList(0, 3));
    assertTrue(cells.get(1).getText().matches("(?s)[01]\\.\\d{3}.*"), cells.get(1).getText());
    assertTrue(cells.get(2).getText().matches("(?s)[01]\\.\\d{3}.*"), cells.get(2).getText());
  }

  private static List<String> headings() {
    return chromium.driver().findElements(By.cssSelector(".ranking thead th")).stream()
        .filter(WebElement::isDisplayed)
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void aRankingThatGoesOnHasAShadowAtItsEdge() {
    chromium.look(Look.SMALL_PHONE);
    chromium.open(at("run/report/index.html"));
    assertEquals("1,0", shadowsAfter("0"));
    assertEquals("0,1", shadowsAfter("1e6"));
    chromium.look(Look.LIGHT);
    chromium.open(at("run/report/index.html"));
    assertEquals("0,0", shadowsAfter("0"), "the whole ranking fits a large screen");
  }

  /** Whether there is a shadow to the right, and to the left, once it is scrolled so far. */
  private static String shadowsAfter(String scrolled) {
    return (String)
        chromium.ask(
            "const box = document.querySelector('.ranking').closest('.scrolls');"
                + "box.querySelector('.scroll').scrollLeft = "
                + scrolled
                + "; return new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
                + "() => done(['right', 'left'].map(side => +box.classList.contains('on-' + side))"
                + ".join(',')))))");
  }

  @Test
  void aHeadingSortsByClickAndByKey() {
    chromium.open(at("many/report/index.html"));
    assertEquals(List.of("1", "2", "3"), places().subList(0, 3));
    WebElement mse = heading("MSE");
    mse.findElement(By.tagName("button")).click();
    assertEquals("ascending", mse.getAttribute("aria-sort"));
    assertEquals(List.of("1", "2", "3"), places().subList(0, 3));
    mse.findElement(By.tagName("button")).sendKeys(Keys.ENTER);
    assertEquals("descending", mse.getAttribute("aria-sort"));
    assertEquals("10", places().get(0));
    WebElement name = heading("Architecture");
    name.findElement(By.tagName("button")).sendKeys(Keys.SPACE);
    assertNull(mse.getAttribute("aria-sort"));
    assertEquals(
        List.of("alike-number-1", "alike-number-2", "alike-number-3"), names().subList(0, 3));
    assertEquals("alike-number-10", names().get(9));
    assertNothingWentWrong();
  }

  private static WebElement heading(String text) {
    return chromium.driver().findElements(By.cssSelector(".ranking thead th")).stream()
        .filter(heading -> heading.getText().equals(text))
        .findFirst()
        .orElseThrow();
  }

  /** Their places in the ranking; what has not learned anything has a place, and no rank. */
  private static List<String> places() {
    return chromium.driver().findElements(By.cssSelector(".ranking td.rank")).stream()
        .map(rank -> rank.getAttribute("data-key"))
        .toList();
  }

  private static List<String> names() {
    return texts(".ranking tbody .name .swatch");
  }

  private static List<String> texts(String selector) {
    return chromium.driver().findElements(By.cssSelector(selector)).stream()
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void aRowOpensTheLayersAndTheRecipeOfItsNetwork() {
    WebElement row =
        chromium.driver().findElements(By.cssSelector(".ranking .entry")).stream()
            .filter(entry -> entry.getText().contains("convolution-with"))
            .findFirst()
            .orElseThrow();
    WebElement more = row.findElement(By.cssSelector(".more"));
    WebElement button = row.findElement(By.cssSelector("button.open"));
    assertFalse(more.isDisplayed());
    assertEquals("false", button.getAttribute("aria-expanded"));
    button.sendKeys(Keys.ENTER);
    assertEquals("true", button.getAttribute("aria-expanded"));
    assertTrue(more.getText().contains("convolution, 6 filters of 3 \u00d7 3"), more.getText());
    assertTrue(more.getText().contains("binary cross-entropy"), more.getText());
    assertNothingWentWrong();
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "PHONE"})
  void theNamesOfPointsThatLieTogetherDoNotOverlap(Look look) {
    chromium.look(look);
    chromium.open(at("many/report/index.html"));
    for (String chart : List.of("size", "time", "inference")) {
      assertEquals(
          "10 names, 0 overlaps",
          chromium.ask(
              "const boxes = [...document.querySelectorAll('[data-chart="
                  + chart
                  + "] svg text')].filter(text => text.textContent.startsWith('alike-number'))"
                  + ".map(text => text.getBoundingClientRect());"
                  + "const overlaps = boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b =>"
                  + " a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));"
                  + "return boxes.length + ' names, ' + overlaps.length + ' overlaps'"),
          chart);
    }
    assertNothingWentWrong();
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
