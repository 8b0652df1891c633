package io.convoy.search;

import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.settings.Distribution;
import io.convoy.settings.SearchSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An architecture with drawn settings.
 *
 * @param number from 1
 * @param base the name of the architecture in the settings
 * @param drawn what was drawn, by the keys of the space, as HOCON
 * @param architecture that is trained; its name is the base's with the number behind it
 */
public record Trial(
    int number, String base, SortedMap<String, String> drawn, Architecture architecture) {

  /** Keeps the map from being changed. */
  public Trial {
    drawn = Collections.unmodifiableSortedMap(drawn);
  }

  /**
   * All trials of a search, which more trials leave as they are. Architectures take turns, and each
   * has a sequence of draws of its own.
   *
   * @param architectures of the settings, one or more
   * @throws UserException if there is nothing to draw, or a draw cannot be trained
   */
  public static List<Trial> draw(SearchSettings search, List<Architecture> architectures) {
    if (search.space().isEmpty()) {
      throw new UserException(
          "search.space is empty, so that all trials would be the same: say in a conf file what is"
              + " drawn, such as search.space.optimizer.learning-rate { log-uniform = [1e-5, 1e-2] }.");
    }
    if (search.trials() < architectures.size()) {
      throw new UserException(
          "search.trials is %s, fewer than the %s architectures, of which each is to be tried: give"
              + " more, or leave some out with --architectures.",
          search.trials(), architectures.size());
    }
    List<UnitPoints> points = new ArrayList<>();
    for (Architecture each : architectures) {
      int dimensions = search.space().of(each.name()).size();
      if (dimensions == 0) {
        throw new UserException(
            "search.space has nothing for %s, so that all its trials would be the same: add a key, or"
                + " leave it out with --architectures.",
            each.name());
      }
      points.add(UnitPoints.of(search.sampler(), dimensions, search.seed() + points.size()));
    }
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < search.trials(); i++) {
      int turn = i % architectures.size();
      trials.add(of(i + 1, search, architectures.get(turn).name(), points.get(turn).get()));
    }
    return trials;
  }

  private static Trial of(int number, SearchSettings search, String base, double[] point) {
    SortedMap<String, String> drawn = new TreeMap<>();
    SortedMap<String, Distribution> space = search.space().of(base);
    int i = 0;
    for (String key : space.keySet()) {
      drawn.put(key, space.get(key).value(point[i++]));
    }
    return new Trial(
        number, base, drawn, search.space().with(base, drawn).named(base + "-" + number));
  }
}
