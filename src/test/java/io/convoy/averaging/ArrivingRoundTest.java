package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.AveragedNumbers.SlicePlace;
import io.convoy.averaging.RunningStatistics.Form;
import io.convoy.network.NetworkState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArrivingRoundTest {
  private static INDArray row(float... numbers) {
    return Nd4j.createFromArray(new float[][] {numbers});
  }

  private static Slice.Mean mean(double squaredDistance, float... numbers) {
    byte[] bytes = new byte[numbers.length * Float.BYTES];
    Slice.floats(bytes).put(numbers);
    return new Slice.Mean(bytes, squaredDistance);
  }

  /** Learned 0, 3, 4; statistics 1 and 2; the optimizer's state is another array. */
  private static AveragedNumbers numbers(INDArray parameters, INDArray updater) {
    return new AveragedNumbers(
        NetworkState.arrays(parameters, updater),
        List.of(new RunningStatistics(1, 2, 1, Form.VARIANCE)));
  }

  @Test
  void withoutAnOuterStepTheNetworkGetsTheMeans() {
    INDArray parameters = row(1, 1, 1, 1, 1);
    INDArray updater = row(1);
    AveragedNumbers numbers = numbers(parameters, updater);
    List<SlicePlace> places = numbers.places(2);

    ArrivingRound round = new ArrivingRound(numbers, places, Optional.empty());
    round.take(2, mean(0, 7, 8));
    round.take(0, mean(3, 4, 2));
    round.take(1, mean(1, 3, 9));

    assertArrayEquals(new float[] {4, 7, 8, 2, 3}, parameters.toFloatVector());
    assertArrayEquals(new float[] {9}, updater.toFloatVector());
    assertEquals(Math.sqrt(9 + 1 + 4), round.movement().updateNorm());
    assertEquals(2 / Math.sqrt(14), round.movement().spread());
  }

  @Test
  void theOuterStepMovesWhatIsLearnedAndNothingElse() {
    INDArray parameters = row(1, 1, 1, 1, 1);
    INDArray updater = row(1);
    AveragedNumbers numbers = numbers(parameters, updater);
    List<SlicePlace> places = numbers.places(2);
    OuterOptimizer outer = new OuterOptimizer(new OuterStep(0.5, 0.5), numbers.learned());
    outer.velocity().putScalar(2, 4);

    ArrivingRound round = new ArrivingRound(numbers, places, Optional.of(outer));
    round.take(1, mean(0, 3, 9));
    round.take(0, mean(0, 5, 1));
    round.take(2, mean(0, 7, 8));

    // 1 - 0.5 * (-4 + 0.5 * -4); 1; 1 - 0.5 * (-2 + 0.5 * (0.5 * 4 - 2))
    assertArrayEquals(new float[] {4, 7, 8, 1, 2}, parameters.toFloatVector());
    assertArrayEquals(new float[] {9}, updater.toFloatVector());
    assertArrayEquals(new float[] {-4, 0, 0}, outer.velocity().toFloatVector());
    assertEquals(Math.sqrt(16 + 4), round.movement().updateNorm());
  }

  @Test
  void longSlicesAreTakenInPieces() {
    int length = 200_001;
    INDArray parameters = Nd4j.zeros(1, length);
    AveragedNumbers numbers = new AveragedNumbers(NetworkState.arrays(parameters, null), List.of());
    float[] means = new float[length];
    for (int i = 0; i < length; i++) {
      means[i] = i;
    }
    OuterOptimizer outer = new OuterOptimizer(new OuterStep(0, 0.5), length);

    List<SlicePlace> places = numbers.places(1);
    new ArrivingRound(numbers, places, Optional.of(outer)).take(0, mean(0, means));

    for (int i : new int[] {0, 1, 65_535, 65_536, 131_073, length - 1}) {
      assertEquals(i * 0.5f, parameters.getFloat(i));
      assertEquals(-i, outer.velocity().getFloat(i));
    }
  }

  @Test
  void aRoundThatMovesNothingHasNoSpread() {
    AveragedNumbers numbers = new AveragedNumbers(NetworkState.arrays(row(1), null), List.of());
    ArrivingRound round = new ArrivingRound(numbers, numbers.places(1), Optional.empty());

    round.take(0, mean(0, 1));

    assertEquals(0, round.movement().updateNorm());
    assertTrue(Double.isNaN(round.movement().spread()));
  }
}
