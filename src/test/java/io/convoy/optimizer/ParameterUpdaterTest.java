package io.convoy.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.network.Updaters;
import io.convoy.settings.Optimizers;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class ParameterUpdaterTest {
  /** Several pieces and a rest, on each thread. */
  private static final int PARAMETERS = 40_003;

  private static final int ITERATIONS = 5;

  static Stream<IUpdater> updaters() {
    return Stream.concat(
        Optimizers.all().stream().map(Updaters::of),
        Stream.of(new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.1, 2, 0.01)))));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void parametersAndStateGoTheWayOfDl4jsUpdater(IUpdater updater) {
    INDArray expected = row(random(1));
    int states = step(updater, 0).stateArrays();
    INDArray state = Nd4j.zeros(DataType.FLOAT, 1, Math.max(1, states * PARAMETERS));
    GradientUpdater<?> reference = updater.instantiate(states == 0 ? null : state, true);
    float[] parameters = random(1);
    // Some optimizers begin with another state than 0.
    float[] ownState = states == 0 ? new float[0] : state.toFloatVector();
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      float[] gradient = random(10 + iteration);
      INDArray step = row(gradient.clone());
      reference.applyUpdater(step, iteration, 0);
      expected.subi(step);
      apply(updater, iteration, gradient, parameters, ownState, 2);
    }
    assertArrayEquals(expected.toFloatVector(), parameters, 1e-6f);
    if (states > 0) {
      assertArrayEquals(state.toFloatVector(), ownState, 1e-6f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void theNumberOfThreadsChangesNothing(int threads) {
    Adam adam = new Adam(1e-3);
    float[] alone = random(1);
    apply(adam, 0, random(2), alone, new float[2 * PARAMETERS], 1);
    float[] together = random(1);
    apply(adam, 0, random(2), together, new float[2 * PARAMETERS], threads);
    assertArrayEquals(alone, together);
  }

  @Test
  void partsOfTheParametersAreUpdatedAsAllTogether() {
    Step step = step(new Adam(1e-3), 0);
    float[] expected = random(1);
    float[] expectedState = new float[2 * PARAMETERS];
    apply(new Adam(1e-3), 0, random(2), expected, expectedState, 1);
    float[] parameters = random(1);
    float[] state = new float[2 * PARAMETERS];
    try (ParameterUpdater updater = updater(random(2), parameters, state, 2)) {
      updater.apply(step, 20_001, PARAMETERS - 20_001);
      assertArrayEquals(
          Arrays.copyOf(random(1), 20_001), Arrays.copyOf(parameters, 20_001), "not yet");
      updater.apply(step, 0, 20_001);
    }
    assertArrayEquals(expected, parameters);
    assertArrayEquals(expectedState, state);
  }

  @Test
  void stateOfTheWrongLengthIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> apply(new Adam(1e-3), 0, random(1), random(2), new float[PARAMETERS], 1));
  }

  /** The bits of the nearest; of two that are as near the one whose last bit is 0. */
  @ParameterizedTest
  @CsvSource({
    "3f800000, 3f80",
    "3f808000, 3f80",
    "3f808001, 3f81",
    "3f818000, 3f82",
    "bf818000, bf82",
    "7f7fffff, 7f80",
    "00000000, 0",
    "ff800000, ff80",
    "7fc00000, 7fc0"
  })
  void theParametersAreRoundedToBfloat16(String bits, String rounded) {
    ShortBuffer halves = ShortBuffer.allocate(1);
    float value = Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16));
    try (ParameterUpdater updater =
        new ParameterUpdater(
            FloatBuffer.allocate(1),
            FloatBuffer.wrap(new float[] {value}),
            FloatBuffer.allocate(0),
            Optional.of(halves),
            List.of(new ParameterGroup(0, 1, 0, 1, ParameterGroup.Rule.STEP, 0)),
            1)) {
      updater.apply(step(new Sgd(0.1), 0));
    }
    assertEquals(rounded, Integer.toHexString(Short.toUnsignedInt(halves.get(0))));
  }

  private static void apply(
      IUpdater updater,
      int iteration,
      float[] gradient,
      float[] parameters,
      float[] state,
      int threads) {
    try (ParameterUpdater whole = updater(gradient, parameters, state, threads)) {
      whole.apply(step(updater, iteration));
    }
  }

  private static ParameterUpdater updater(
      float[] gradient, float[] parameters, float[] state, int threads) {
    return new ParameterUpdater(
        FloatBuffer.wrap(gradient),
        FloatBuffer.wrap(parameters),
        FloatBuffer.wrap(state),
        Optional.empty(),
        List.of(
            new ParameterGroup(
                0, parameters.length, 0, parameters.length, ParameterGroup.Rule.STEP, 0)),
        threads);
  }

  private static Step step(IUpdater updater, int iteration) {
    return Step.of(
        Updaters.optimizer(updater).orElseThrow(),
        iteration,
        updater.getLearningRate(iteration, 0));
  }

  private static float[] random(long seed) {
    Random random = new Random(seed);
    float[] values = new float[PARAMETERS];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, new long[] {1, values.length}, 'c');
  }
}
