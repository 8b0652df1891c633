package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.convoy.cli.Command.SettingsSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network whose first layer whitens. */
class WhitenedRunTest {
  private static final String LAYERS = "[{whitening=2}, {conv=4, kernel=3}, {global-pool=average}]";

  @TempDir Path folder;

  private static SettingsSource settings(int workers, int epochs) {
    return Workplace.settings(
        Map.of(
            "train",
            "{workers=" + workers + ", averaging-frequency=1, batch-of=all-workers}",
            "split",
            "{by=counts, counts{train=24, validation=16}}",
            "architectures.deep.layers",
            LAYERS,
            "architectures.deep.epochs",
            String.valueOf(epochs),
            "architectures.wide.epochs",
            "1"));
  }

  private MultiLayerNetwork trained(String run, int workers, int epochs) throws IOException {
    Workplace place = new Workplace(folder).withPhotos();
    new RunJob(place.context()).run(place.run(run, settings(workers, epochs)));
    return ModelSerializer.restoreMultiLayerNetwork(
        place.path(run + "/models/deep/last.zip").toFile());
  }

  private static float[] weights(MultiLayerNetwork network, int layer) {
    return network.getLayer(layer).getParam("W").dup('c').data().asFloat();
  }

  @Test
  void trainingLeavesTheWhiteningAsThePhotosHaveIt() throws IOException {
    MultiLayerNetwork one = trained("one", 1, 1);
    MultiLayerNetwork two = trained("two", 2, 2);

    float[] whitening = weights(one, 0);
    assertEquals(24 * 12, whitening.length);
    assertArrayEquals(whitening, weights(two, 0));
    assertFalse(Arrays.equals(weights(one, 1), weights(two, 1)));
    for (int i = 0; i < whitening.length / 2; i++) {
      assertEquals(-whitening[i], whitening[whitening.length / 2 + i]);
    }
  }
}
