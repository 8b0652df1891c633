package io.convoy.report;

import io.convoy.averaging.Round;
import io.convoy.storage.Storage;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code rounds}: a row an architecture, epoch and averaging round, in the order of training. */
public final class RoundTable {
  private final Columns<Entry> columns = new Columns<>("rounds");
  private final SavedColumn<String> architecture =
      columns.text("architecture", Entry::architecture);
  private final SavedColumn<Integer> epoch = columns.integer("epoch", r -> r.round().epoch());
  private final SavedColumn<Integer> round = columns.integer("round", r -> r.round().round());
  private final SavedColumn<Integer> minibatches =
      columns.integer("minibatches_per_worker", r -> r.round().minibatches());
  private final SavedColumn<Integer> workers = columns.integer("workers", r -> r.round().workers());
  private final SavedColumn<Integer> examples =
      columns.integer("examples", r -> r.round().examples());
  private final SavedColumn<Double> loss = columns.number("train_loss", r -> r.round().loss());
  private final SavedColumn<Double> seconds =
      columns.number("round_seconds", r -> r.round().seconds());
  private final SavedColumn<Long> broadcastBytes =
      columns.longInteger("broadcast_bytes", r -> r.round().broadcastBytes());
  private final SavedColumn<Long> averagedBytes =
      columns.longInteger("averaged_bytes", r -> r.round().averagedBytes());
  private final SavedColumn<Double> updateNorm =
      columns.number("update_norm", r -> r.round().updateNorm());
  private final SavedColumn<Double> spread =
      columns.number("worker_spread", r -> r.round().spread());

  private record Entry(String architecture, Round round) {}

  /** The table of the rounds of some architectures, by their names, in their order. */
  public Table of(Map<String, List<Round>> rounds) {
    return columns.table(
        rounds.entrySet().stream()
            .flatMap(each -> each.getValue().stream().map(one -> new Entry(each.getKey(), one)))
            .toList());
  }

  /** Reads the rounds of each architecture, by its name, in their order. */
  Map<String, List<Round>> read(Storage folder) {
    Map<String, List<Round>> rounds = new LinkedHashMap<>();
    columns.read(
        folder,
        row ->
            rounds
                .computeIfAbsent(row.value(architecture), name -> new ArrayList<>())
                .add(
                    new Round(
                        row.value(epoch),
                        row.value(round),
                        row.value(minibatches),
                        row.value(workers),
                        row.value(examples),
                        row.number(loss),
                        row.number(seconds),
                        row.value(broadcastBytes),
                        row.value(averagedBytes),
                        row.number(updateNorm),
                        row.number(spread))));
    return rounds;
  }
}
