package io.convoy.bench;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rates of another program, measured on the same machine, to be set beside convoy's: each of its
 * ways to compute is a column.
 */
public final class Peer {
  /** Where there is no other program. */
  public static final Peer NONE = new Peer(List.of(), Map.of());

  private static final List<String> KEYS = List.of("measure", "network", "unit");

  private final List<String> ways;
  private final Map<List<String>, List<Double>> rates;

  private Peer(List<String> ways, Map<List<String>, List<Double>> rates) {
    this.ways = ways;
    this.rates = rates;
  }

  /**
   * Reads a CSV without quotes: measure, network, unit, and a column of rates for each way.
   *
   * @throws UserException if there is no such file, or it is another table
   */
  public static Peer read(Storage file) {
    if (!file.exists()) {
      throw new UserException("%s: there is no such file; check --peer.", file);
    }
    List<List<String>> rows =
        new String(file.readSmall(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> Arrays.asList(line.split(",", -1)))
            .toList();
    int keys = KEYS.size();
    if (rows.isEmpty()
        || rows.get(0).size() <= keys
        || !rows.get(0).subList(0, keys).equals(KEYS)) {
      throw new UserException(
          "%s does not begin with the columns %s and the other program's; src/bench/peer.py prints"
              + " such a table.",
          file, String.join(",", KEYS));
    }
    List<String> title = rows.get(0);
    Map<List<String>, List<Double>> rates = new HashMap<>();
    for (int row = 1; row < rows.size(); row++) {
      List<String> cells = rows.get(row);
      if (cells.size() != title.size()) {
        throw new UserException(
            "%s, line %d: %d cells, where the first line has %d.",
            file, row + 1, cells.size(), title.size());
      }
      try {
        rates.put(
            cells.subList(0, keys),
            cells.subList(keys, cells.size()).stream().map(Double::valueOf).toList());
      } catch (NumberFormatException e) {
        throw new UserException(
            "%s, line %d: a rate is no number (%s).", file, row + 1, e.getMessage());
      }
    }
    return new Peer(title.subList(keys, title.size()), rates);
  }

  /** Its ways to compute, by name. */
  public List<String> ways() {
    return ways;
  }

  /** Its rates, one a way; NaN where it has none. Of any precision, its training steps. */
  public List<Double> rates(Measurement measurement) {
    String measure =
        measurement.measure().equals(NetworkBench.PRECISION)
            ? NetworkBench.TRAINING_STEP
            : measurement.measure();
    return rates.getOrDefault(
        List.of(measure, measurement.network(), measurement.unit()),
        Collections.nCopies(ways.size(), Double.NaN));
  }

  /** Convoy's rate over the best of its own; NaN where it has none. */
  public double ratio(Measurement measurement) {
    double best =
        rates(measurement).stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    return measurement.ours() / best;
  }
}
