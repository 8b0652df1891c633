package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.SettingsLoader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialTest {
  private static final String RATE =
      "search.space.optimizer.learning-rate { log-uniform = [1e-5, 1e-2] }\n";

  private static List<Trial> trials(String conf, String... overrides) {
    Map<String, String> set = new TreeMap<>();
    for (int i = 0; i < overrides.length; i += 2) {
      set.put(overrides[i], overrides[i + 1]);
    }
    ResolvedSettings resolved = new SettingsLoader().load(conf, "my.conf", set);
    return Trial.draw(resolved.search(), resolved.settings().architectures());
  }

  private static String message(String conf) {
    return assertThrows(UserException.class, () -> trials(conf)).getMessage();
  }

  private static List<Double> rates(String... overrides) {
    return trials("defaults = [mlp]\n" + RATE, overrides).stream()
        .map(trial -> trial.architecture().optimizer().learningRate())
        .toList();
  }

  @Test
  void architecturesTakeTurnsAndATrialIsNamedByItsNumber() {
    assertEquals(
        List.of("mlp-1", "conv24-2", "mlp-3"),
        trials("defaults = [mlp, conv24], search.trials = 3\n" + RATE).stream()
            .map(trial -> trial.architecture().name())
            .toList());
  }

  @Test
  void whatWasDrawnIsWhatIsTrained() {
    for (Trial trial : trials("defaults = [mlp]\n" + RATE)) {
      assertEquals(
          trial.architecture().optimizer().learningRate(),
          Double.parseDouble(trial.drawn().get("optimizer.learning-rate")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "sobol", "halton"})
  void theSameSeedDrawsTheSameAndAnotherSeedOthers(String sampler) {
    List<Double> one = rates("search.sampler", sampler);
    assertEquals(one, rates("search.sampler", sampler));
    assertNotEquals(one, rates("search.sampler", sampler, "search.seed", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "sobol", "halton"})
  void moreTrialsLeaveThoseBeforeAsTheyAre(String sampler) {
    assertEquals(
        rates("search.sampler", sampler, "search.trials", "5"),
        rates("search.sampler", sampler, "search.trials", "9").subList(0, 5));
  }

  @Test
  void sobolLeavesNoEighthOfARangeWithoutOneOfEightTrials() {
    List<Double> rates = rates("search.sampler", "sobol", "search.trials", "8");
    long filled =
        rates.stream()
            .map(rate -> (int) Math.floor((Math.log10(rate) + 5) / 3 * 8))
            .distinct()
            .count();
    assertEquals(8, filled);
  }

  @Test
  void aSpaceThatIsEmptyIsRefused() {
    assertTrue(message("").startsWith("search.space is empty, so that all trials would be"));
  }

  @Test
  void anArchitectureOfWhichNothingIsDrawnIsRefused() {
    assertEquals(
        "search.space has nothing for conv24, so that all its trials would be the same: add a key, or"
            + " leave it out with --architectures.",
        message("defaults = [mlp, conv24]\nsearch.space.architectures.mlp.batch { choice = [1] }"));
  }

  @Test
  void fewerTrialsThanArchitecturesAreRefused() {
    assertEquals(
        "search.trials is 1, fewer than the 2 architectures, of which each is to be tried: give more,"
            + " or leave some out with --architectures.",
        message("defaults = [mlp, conv24], search.trials = 1\n" + RATE));
  }

  @Test
  void anUnlawfulDrawIsToldBeforeAnythingIsTrained() {
    assertEquals(
        "search.space.batch draws 0: my.conf:2: architectures.mlp.batch is 0: it must be a whole number"
            + " of at least 1.",
        message("defaults = [mlp]\nsearch.space.batch { choice = [0] }"));
  }

  @Test
  void haltonHasFortySettingsAtTheMost() {
    StringBuilder space = new StringBuilder("defaults = [mlp], search.sampler = halton\n");
    IntStream.range(0, 41).forEach(i -> space.append("search.space.a" + i + " { choice = [1] }\n"));
    assertEquals(
        "search.sampler spreads trials over 40 settings, and search.space has 41: take sobol or random.",
        message(space.toString()));
  }
}
