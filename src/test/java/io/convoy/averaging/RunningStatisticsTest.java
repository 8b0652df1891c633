package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.convoy.averaging.RunningStatistics.Form;
import io.convoy.averaging.RunningStatistics.Worker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunningStatisticsTest {
  private static final int CHANNELS = 5;

  /** What each worker saw, [worker][channel][image]: of other sizes, about other means. */
  private static List<double[][]> images() {
    Random random = new Random(3);
    List<double[][]> workers = new ArrayList<>();
    for (int count : new int[] {40, 7, 100}) {
      double[][] channels = new double[CHANNELS][count];
      for (int channel = 0; channel < CHANNELS; channel++) {
        double centre = 4 * random.nextGaussian();
        double width = 0.1 + random.nextDouble() * channel;
        Arrays.setAll(channels[channel], i -> centre + width * random.nextGaussian());
      }
      workers.add(channels);
    }
    return workers;
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  private static float written(double variance, Form form) {
    return (float) (form == Form.VARIANCE ? variance : Math.log10(Math.sqrt(variance)));
  }

  private static float[] numbers(double[][] channels, Form form) {
    float[] numbers = new float[2 * CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
      numbers[i] = (float) mean(channels[i]);
      numbers[CHANNELS + i] = written(variance(channels[i]), form);
    }
    return numbers;
  }

  private static double[] together(List<double[][]> workers, int channel) {
    return workers.stream().flatMapToDouble(w -> Arrays.stream(w[channel])).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void pooledStatisticsAreThoseOfAllImagesTogether(Form form) {
    List<double[][]> images = images();
    List<Worker> workers =
        images.stream().map(each -> new Worker(each[0].length, numbers(each, form))).toList();

    float[] pooled =
        RunningStatistics.pool(List.of(new RunningStatistics(0, 5, CHANNELS, form)), workers);

    float[] expected = new float[2 * CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
      expected[i] = (float) mean(together(images, i));
      expected[CHANNELS + i] = written(variance(together(images, i)), form);
    }
    assertArrayEquals(expected, pooled, 4e-6f);
  }

  @Test
  void eachLayerIsPooledInItsOwnForm() {
    List<RunningStatistics> layers =
        List.of(
            new RunningStatistics(0, 1, 1, Form.LOG10_STANDARD_DEVIATION),
            new RunningStatistics(9, 8, 1, Form.VARIANCE));
    List<Worker> workers =
        List.of(
            new Worker(1, new float[] {0, -1, 10, 4}), new Worker(3, new float[] {8, -1, 10, 8}));

    // 6 and 0.01 + (36 + 3 * 4) / 4; 10 and (4 + 3 * 8) / 4
    assertArrayEquals(
        new float[] {6, (float) (Math.log10(12.01) / 2), 10, 7},
        RunningStatistics.pool(layers, workers),
        1e-6f);
  }

  @Test
  void theStatisticsOfOneWorkerAreItsOwn() {
    Worker alone = new Worker(3, new float[] {1.1f, -0.3f});

    assertSame(
        alone.numbers(),
        RunningStatistics.pool(
            List.of(new RunningStatistics(0, 1, 1, Form.LOG10_STANDARD_DEVIATION)),
            List.of(alone)));
  }

  @Test
  void aDeadChannelStaysWithoutVariance() {
    for (Form form : Form.values()) {
      float none = written(0, form);
      Worker dead = new Worker(2, new float[] {0, none});
      float[] pooled =
          RunningStatistics.pool(
              List.of(new RunningStatistics(0, 1, 1, form)), List.of(dead, dead));
      assertEquals(none, pooled[1], form.name());
    }
  }
}
