package io.convoy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, with a profile of its own. */
final class Chromium implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final ChromeDriver driver;

  /**
   * Starts it.
   *
   * @param profile an empty folder
   */
  Chromium(Path profile) {
    Path browser = Tools.require("chromium");
    Path chromedriver = Tools.require("chromedriver");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    options.addArguments(ARGUMENTS);
    options.addArguments("--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build(),
            options);
  }

  /** A width of the window, and what the user likes. */
  enum Look {
    LIGHT(1280, "light"),
    DARK(1280, "dark"),
    PHONE(390, "light"),
    SMALL_PHONE(360, "light");

    private final int width;
    private final String scheme;

    Look(int width, String scheme) {
      this.width = width;
      this.scheme = scheme;
    }
  }

  void look(Look look) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", look.width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", look.scheme))));
  }

  void open(Path page) {
    driver.get(page.toUri().toString());
  }

  ChromeDriver driver() {
    return driver;
  }

  /** What a script that ends in {@code return} gives. */
  Object ask(String script) {
    return driver.executeScript(script);
  }

  /** What the page has written to the console, also of what its policy forbade. */
  List<String> console() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .map(LogEntry::toString)
        .toList();
  }

  /** What was asked of the network and the disk, as Chromium's protocol tells it. */
  List<String> requests() {
    return StreamSupport.stream(
            driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .toList();
  }

  /** The whole page as a picture. */
  void capture(Path file) throws IOException {
    save(
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true)),
        file);
  }

  /** The page as it is printed. */
  void print(Path file) throws IOException {
    save(
        driver.executeCdpCommand(
            "Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", true)),
        file);
  }

  private static void save(Map<String, Object> answer, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode((String) answer.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
