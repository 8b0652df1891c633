package io.convoy.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The script for PyTorch is run by hand; what it measures must be what convoy measures. */
class PeerScriptTest {
  private static final Path CONF = Path.of("conf/seed.conf");
  private static final Path SCRIPT = Path.of("src/bench/peer.py");

  private static Settings settings() throws IOException {
    return new SettingsLoader().load(Files.readString(CONF), CONF.toString(), Map.of()).settings();
  }

  @Test
  void itHasTheNetworksAndTheMinibatchesOfTheSeedConf() throws IOException {
    String script = Files.readString(SCRIPT);
    for (Architecture architecture : settings().architectures()) {
      List<Integer> filters =
          layers(architecture, Layer.Convolution.class, Layer.Convolution::filters);
      List<Integer> units = layers(architecture, Layer.Dense.class, Layer.Dense::units);
      String line =
          "    \"%s\": (%d, %s, %s),\n"
              .formatted(architecture.name(), architecture.batch(), filters, units);
      assertTrue(script.contains(line), line);
    }
  }

  private static <L> List<Integer> layers(
      Architecture architecture, Class<L> kind, Function<L, Integer> size) {
    return architecture.layers().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .map(size)
        .toList();
  }

  @Test
  void itHasTheImagesOfTheSeedConf() throws IOException {
    Settings settings = settings();
    String line =
        "HEIGHT, WIDTH = %d, %d\n".formatted(settings.images().height(), settings.images().width());
    assertTrue(Files.readString(SCRIPT).contains(line), line);
  }
}
