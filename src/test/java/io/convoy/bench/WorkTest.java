package io.convoy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.network.NetworkSummary;
import io.convoy.settings.SettingsLoader;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkTest {
  @ParameterizedTest
  // By hand: 2 x weights x places of each layer.
  @CsvSource({
    "mlp, 36097024",
    "conv24, 31938624",
    "conv128x2, 885751296",
  })
  void theForwardPassIsTwoOperationsForEachUseOfAWeight(String architecture, double operations) {
    assertEquals(operations, work(architecture).forward());
  }

  @ParameterizedTest
  @CsvSource({"mlp, 36096000", "conv128x2, 78216192"})
  void theBackwardPassIsTwiceThatButForTheGradientByThePixels(
      String architecture, double firstLayer) {
    Work work = work(architecture);
    assertEquals(3 * work.forward() - firstLayer, work.training());
  }

  private static Work work(String architecture) {
    return Work.of(
        NetworkSummary.of(
            new SettingsLoader()
                .load("", "the defaults", Map.of()).settings().architectures().stream()
                    .filter(each -> each.name().equals(architecture))
                    .findFirst()
                    .orElseThrow(),
            2,
            94,
            125));
  }
}
