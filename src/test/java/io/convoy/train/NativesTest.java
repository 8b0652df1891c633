package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.engine.Engine;
import io.convoy.engine.Natives;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.Shape;
import io.convoy.settings.Architecture;
import io.convoy.settings.ConfFile;
import io.convoy.settings.Layers;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slow path is taken with a word in the log; on this platform it must not be taken at all. */
class NativesTest {
  private static final Shape IMAGE = new Shape(3, 94, 125);

  @BeforeEach
  void onlyWhereOneDnnIsBuiltIn() {
    assumeTrue("amd64".equals(System.getProperty("os.arch")), "oneDNN is built in for x86_64");
  }

  @Test
  void everyArchitectureOfTheDefaultsIsComputedByOneDnn() {
    for (Architecture architecture : defaults()) {
      assertEquals(
          Engine.ONEDNN,
          Engine.fastest(
              NetworkBuilder.configuration(architecture, 2, IMAGE.height(), IMAGE.width(), 1),
              IMAGE),
          architecture.name());
    }
  }

  @Test
  void everyKindOfLayerIsComputedByOneDnn() {
    Architecture every =
        new Architecture("every", Layers.all(), Loss.CROSS_ENTROPY, new Optimizer.Sgd(0.1), 2, 1);
    assertEquals(
        Engine.ONEDNN,
        Engine.fastest(NetworkBuilder.configuration(every, 2, 16, 16, 1), new Shape(3, 16, 16)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "photos.conf",
        "many-photos.conf",
        "backbones.conf",
        "flowers.conf",
        "cifar.conf",
        "full.conf",
        "study.conf",
        "demo.conf"
      })
  void everyArchitectureOfTheConfFilesIsComputedByOneDnn(String file) throws IOException {
    ConfFile conf = new ConfFile(file, Files.readString(Path.of("conf", file)));
    List<ConfFile> files = ConfFile.withBases(List.of(file), path -> Optional.of(conf.text()));
    Settings settings = new SettingsLoader().load(files, Map.of()).settings();
    int height = settings.images().height();
    int width = settings.images().width();
    for (Architecture architecture : settings.architectures()) {
      assertEquals(
          Engine.ONEDNN,
          Engine.fastest(
              NetworkBuilder.configuration(architecture, 2, height, width, 1),
              new Shape(3, height, width)),
          architecture.name());
    }
  }

  @Test
  void theExecutorsSayWhatTheyComputeWith() {
    List<Natives> natives = new Workers(2, 1).natives(SharedSpark.context());
    assertEquals(1, natives.size(), natives.toString());
    assertTrue(natives.get(0).networks().startsWith("oneDNN "), natives.toString());
    assertEquals(1, natives.get(0).threads());
    assertTrue(natives.get(0).arrays().contains("OPENBLAS"), natives.toString());
  }

  private static List<Architecture> defaults() {
    return new SettingsLoader().load("", "the defaults", Map.of()).settings().architectures();
  }
}
