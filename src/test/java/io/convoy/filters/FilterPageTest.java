package io.convoy.filters;

import static io.convoy.filters.Planes.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.filters.FilterPage.Network;
import io.convoy.filters.FilterPage.Section;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FilterPageTest {
  private static final RgbImage BLACK = RgbImage.of(4, 5, new byte[4 * 5 * 3]);

  private static String page(String name, List<Network> networks) {
    Section section = new Section("The photo", "At its own size.", EdgeViews.of(BLACK));
    return new FilterPage(name, "4 x 5", List.of(section), networks).html();
  }

  private static FeatureMap map(int number) {
    Plane kernel = Planes.of(row(1, 2), row(3, 4));
    return FeatureMap.of(number, Planes.of(row(0, 1.5f)), List.of(kernel, kernel, kernel));
  }

  private static long count(String html, String regex) {
    return Pattern.compile(regex).matcher(html).results().count();
  }

  @Test
  void itHoldsItsPicturesAndNamesNoOtherFile() {
    String html = page("cat.1.jpg", List.of(new Network("conv24", List.of(map(1), map(2)))));
    assertEquals(6 + 2 * 2, count(html, "<img [^>]*src=\"data:image/png;base64,[A-Za-z0-9+/=]+\""));
    assertEquals(count(html, "<img"), count(html, "src=\"data:"));
    assertFalse(html.contains("http"), html);
    assertFalse(html.contains("<script"), html);
  }

  @Test
  void aHostileFileNameIsTextOnIt() {
    String html = page("<img src=x onerror=alert(1)>\"'&.jpg", List.of());
    assertFalse(html.contains("<img src=x"), html);
    assertTrue(html.contains("&lt;img src"), html);
    assertEquals(6, count(html, "<img"));
  }

  @Test
  void aHostileArchitecturesNameIsTextOnIt() {
    String html = page("a.jpg", List.of(new Network("</title><script>", List.of(map(1)))));
    assertFalse(html.contains("<script>"), html);
  }

  @Test
  void eachMapHasItsNumberAndItsRange() {
    String html = page("a.jpg", List.of(new Network("conv24", List.of(map(7)))));
    assertTrue(html.contains("7<br>0.00 to 1.50"), html);
  }

  @Test
  void aNetworkWithoutMapsIsSaidToHaveNone() {
    String html = page("a.jpg", List.of(new Network("mlp", List.of())));
    assertTrue(html.contains("no convolution"), html);
  }

  @Test
  void withoutANetworkNothingIsSaidOfOne() {
    assertFalse(page("a.jpg", List.of()).contains("network has learned"));
  }

  @Test
  void theKernelsAreWrittenOutRowByRow() {
    String html = page("a.jpg", List.of());
    assertTrue(html.contains(" -1  0  1\n -1  0  1\n -1  0  1\n"), html);
    assertTrue(html.contains(" -1 -1 -1\n  0  0  0\n  1  1  1\n"), html);
  }
}
