package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.failure.UserException;
import io.convoy.network.NetworkSummary.LayerSummary;
import io.convoy.settings.Architecture;
import io.convoy.settings.Padding;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSummaryTest {
  private static Architecture byDefault(String name) {
    return new SettingsLoader()
        .load("", "none", Map.of())
        .settings()
        .select(List.of(name))
        .architectures()
        .get(0);
  }

  private static String misfit(Architecture architecture, int height, int width) {
    return assertThrows(
            UserException.class, () -> NetworkSummary.of(architecture, 2, height, width))
        .getMessage();
  }

  /** DL4J's own count, without making the parameters. */
  private static long countOfDl4j(NetworkConfiguration configuration) {
    return configuration.nodes().stream().mapToLong(NetworkNode::parameters).sum();
  }

  @ParameterizedTest
  @CsvSource({
    "mlp, 18049025",
    "conv24, 8637473",
    "conv48x2, 7928177",
    "conv128x2, 21123457",
    "conv64-128, 42151297"
  })
  void theTutorialsNetworksHaveItsNumberOfParameters(String name, long parameters) {
    assertEquals(parameters, NetworkSummary.of(byDefault(name), 2, 94, 125).parameters());
  }

  @ParameterizedTest
  @CsvSource({
    "mlp, 18049025",
    "conv24, 8637473",
    "conv48x2, 7928177",
    "conv128x2, 21123457",
    "conv64-128, 42151297"
  })
  void dl4jCountsTheSameParameters(String name, long parameters) {
    assertEquals(
        parameters, countOfDl4j(NetworkBuilder.configuration(byDefault(name), 2, 94, 125, 1)));
  }

  @ParameterizedTest
  @CsvSource({"NONE, 1", "NONE, 2", "NONE, 3", "SAME, 1", "SAME, 2", "SAME, 3"})
  void shapesAgreeWithDl4jWhateverPaddingAndStride(Padding padding, int stride) {
    Architecture architecture =
        Networks.of(Networks.conv(2, 4, stride, padding), Networks.pool(2, 3), Networks.dense(5));
    assertEquals(
        countOfDl4j(NetworkBuilder.configuration(architecture, 2, 17, 24, 1)),
        NetworkSummary.of(architecture, 2, 17, 24).parameters());
  }

  @Test
  void everyLayerHasItsShapeAndParameters() {
    assertEquals(
        List.of(
            new LayerSummary("conv", new Shape(24, 92, 123), 672),
            new LayerSummary("pool", new Shape(24, 46, 61), 0),
            new LayerSummary("dense", new Shape(128, 1, 1), 8_620_160),
            new LayerSummary("dense", new Shape(128, 1, 1), 16_512),
            new LayerSummary("output", new Shape(1, 1, 1), 129)),
        NetworkSummary.of(byDefault("conv24"), 2, 94, 125).layers());
  }

  @Test
  void aKernelHigherThanWhatArrivesIsRefused() {
    assertEquals(
        "Architecture net does not fit images of 6 x 9: its layer 3 (conv) has a kernel of 3 x 3, "
            + "but only 2 x 3 arrives there (height x width): use larger images, or fewer or "
            + "smaller kernels and strides.",
        misfit(Networks.of(Networks.conv(2, 3), Networks.pool(2, 2), Networks.conv(2, 3)), 6, 9));
  }

  @Test
  void aKernelWiderThanWhatArrivesIsRefused() {
    assertEquals(
        "Architecture net does not fit images of 9 x 6: its layer 2 (pool) has a kernel of 1 x 5, "
            + "but only 7 x 4 arrives there (height x width): use larger images, or fewer or "
            + "smaller kernels and strides.",
        misfit(Networks.of(Networks.conv(2, 3), Networks.pool(1, 5)), 9, 6));
  }

  @Test
  void aKernelThatJustFitsGivesOnePixel() {
    assertEquals(
        new Shape(2, 1, 1),
        NetworkSummary.of(Networks.of(Networks.conv(2, 3)), 2, 3, 3).layers().get(0).output());
  }

  @Test
  void theDemosNetworksFitItsImages() throws IOException {
    Settings demo =
        new SettingsLoader()
            .load(Files.readString(Path.of("conf", "demo.conf")), "demo.conf", Map.of())
            .settings();
    for (Architecture architecture : demo.architectures()) {
      assertDoesNotThrow(
          () -> NetworkSummary.of(architecture, 2, demo.images().height(), demo.images().width()));
    }
  }

  @Test
  void theBuilderRefusesANetworkThatDoesNotFit() {
    assertThrows(
        UserException.class,
        () -> NetworkBuilder.configuration(Networks.of(Networks.conv(2, 9)), 2, 8, 8, 1));
  }
}
