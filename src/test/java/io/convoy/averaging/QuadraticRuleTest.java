package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.optimizer.LearningRate;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuadraticRuleTest {
  private static final int MOST = 1000;
  private static final double APART = 0.9;
  private static final double TOGETHER = 0.5;

  private static final QuadraticRule CONSTANT =
      new QuadraticRule(new LearningRate(new Schedule.Constant(0), 10), 0);
  private static final QuadraticRule WARMED_UP =
      new QuadraticRule(new LearningRate(new Schedule.Constant(1.5), 10), 0);
  private static final QuadraticRule HALVED_RATE =
      new QuadraticRule(new LearningRate(new Schedule.Step(0, 1, 0.5), 10), 0);

  /** An epoch of rounds with these spreads. */
  private static List<Round> epoch(int epoch, double... spreads) {
    return Arrays.stream(spreads)
        .mapToObj(spread -> new Round(epoch, 1, 4, 2, 64, 0.5, 1, 0, 0, 1, spread))
        .toList();
  }

  /** Epochs of one round each, with these spreads. */
  private static List<Round> epochs(double... spreads) {
    return IntStream.range(0, spreads.length)
        .mapToObj(i -> epoch(i + 1, spreads[i]))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Integer> upTo(int last, AveragingFrequency frequency) {
    return IntStream.rangeClosed(1, last).mapToObj(frequency::minibatches).toList();
  }

  @Test
  void atTheFullRateItIsTheBase() {
    assertEquals(List.of(4, 4, 4), upTo(3, CONSTANT.frequency(3, MOST, List.of())));
  }

  @Test
  void everyMinibatchIsAveragedInEpochsThatBeginInTheWarmUp() {
    assertEquals(List.of(1, 1, 4), upTo(3, WARMED_UP.frequency(3, MOST, List.of())));
  }

  @Test
  void itGrowsWithTheSquareOfWhatTheRateHasFallenTo() {
    assertEquals(List.of(4, 19, 76), upTo(3, HALVED_RATE.frequency(3, MOST, List.of())));
  }

  @Test
  void itIsAtMostAnEpoch() {
    assertEquals(List.of(4, 19, 30), upTo(3, HALVED_RATE.frequency(3, 30, List.of())));
    QuadraticRule toNothing = new QuadraticRule(new LearningRate(new Schedule.Cosine(0, 0), 10), 0);
    assertEquals(30, toNothing.frequency(11, 30, List.of()).atLast());
  }

  @Test
  void whileOneCycleRisesItIsEveryMinibatch() {
    LearningRate cycle = new LearningRate(new Schedule.OneCycle(0.3, 0.04, 0), 10);
    assertEquals(
        List.of(1, 1, 1, 4), upTo(4, new QuadraticRule(cycle, 0).frequency(4, MOST, List.of())));
  }

  @Test
  void itIsHalvedAfterEachEpochInWhichTheWorkersPartedDownToEveryMinibatch() {
    List<Round> rounds = epochs(APART, APART, APART, APART);
    assertEquals(List.of(4, 2, 1, 1, 1), upTo(5, CONSTANT.frequency(5, MOST, rounds)));
  }

  @Test
  void itIsDoubledAgainAfterEachEpochInWhichTheyDidNot() {
    List<Round> rounds = epochs(APART, APART, TOGETHER, TOGETHER, TOGETHER);
    assertEquals(List.of(4, 2, 1, 2, 4, 4), upTo(6, CONSTANT.frequency(6, MOST, rounds)));
  }

  @Test
  void ofAnEpochsSpreadsTheMedianOfTheLastTenCounts() {
    double[] apartAtFirst = new double[20];
    Arrays.fill(apartAtFirst, 0, 14, APART);
    Arrays.fill(apartAtFirst, 14, 20, TOGETHER);
    assertEquals(4, CONSTANT.frequency(2, MOST, epoch(1, apartAtFirst)).atLast());
    assertEquals(2, CONSTANT.frequency(2, MOST, epoch(1, TOGETHER, APART, APART)).atLast());
    assertEquals(4, CONSTANT.frequency(2, MOST, epoch(1, Double.NaN)).atLast());
  }

  @Test
  void theSpreadWhileWarmingUpDoesNotCount() {
    assertEquals(4, WARMED_UP.frequency(3, MOST, epochs(APART, APART)).atLast());
  }

  @Test
  void theRoundsOfTheEpochThatIsBegunDoNotChangeIt() {
    List<Round> begun = new ArrayList<>(epochs(APART));
    AveragingFrequency frequency = CONSTANT.frequency(2, MOST, begun);
    begun.addAll(epoch(2, APART, APART));
    assertEquals(frequency, CONSTANT.frequency(2, MOST, begun));
  }

  @Test
  void epochsOfAnEarlierTrainingDoNotCountInTheRate() {
    QuadraticRule later = new QuadraticRule(new LearningRate(new Schedule.Constant(1), 10), 7);
    AveragingFrequency frequency = later.frequency(9, MOST, List.of());
    assertEquals(1, frequency.minibatches(8));
    assertEquals(4, frequency.minibatches(9));
  }
}
