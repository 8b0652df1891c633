package io.convoy.job;

import io.convoy.engine.Natives;
import io.convoy.failure.Amount;
import io.convoy.job.Provenance.From;
import io.convoy.launch.ShellWords;
import io.convoy.page.RunPage.Origin;
import io.convoy.page.RunPage.Origin.Fact;
import io.convoy.storage.Json;
import io.convoy.train.Workers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what made a run, and how to make it again. */
final class ProvenanceFacts {
  private final List<Fact> facts = new ArrayList<>();

  private ProvenanceFacts() {}

  static Origin of(SavedRun run) {
    return run.provenance()
        .map(made -> of(run, made))
        .orElseGet(() -> new Origin(List.of(), Optional.empty(), run.conf(), Optional.empty()));
  }

  private static Origin of(SavedRun run, Provenance made) {
    ProvenanceFacts shown = new ProvenanceFacts();
    shown.add("Photos", made.images());
    shown.add("Labels", made.labels());
    shown.add("Began with", Optional.ofNullable(made.from()).map(From::model).orElse(null));
    shown.add("Data set", made.dataset());
    shown.add("Hash of the examples", made.datasetContentHash());
    shown.add("Seed", made.seed());
    shown.add("Workers", new Workers(made.workers(), made.threadsPerWorker()));
    shown.add(
        "Computed by",
        Optional.ofNullable(made.natives()).orElse(List.of()).stream()
            .map(Natives::networks)
            .distinct()
            .collect(Collectors.joining("; ")));
    shown.add(
        "Precision",
        Optional.ofNullable(made.precisions()).orElse(Map.of()).values().stream()
            .distinct()
            .collect(Collectors.joining(", ")));
    shown.add("Started", made.started());
    shown.add("Went on", String.join(", ", Optional.ofNullable(made.resumed()).orElse(List.of())));
    shown.add("convoy", made.convoyVersion() + ", commit " + made.gitCommit());
    shown.add("Spark", made.sparkVersion() + " on " + made.sparkMaster());
    shown.add("DL4J", made.dl4jVersion());
    shown.add("Java", made.javaVersion() + ", " + made.javaVendor());
    shown.add("System", made.operatingSystem() + ", " + Amount.of(made.processors(), "processor"));
    return new Origin(
        shown.facts,
        Optional.of(again(run, made)),
        run.conf(),
        Optional.of(new String(Json.write(made), StandardCharsets.UTF_8)));
  }

  private void add(String name, Object value) {
    if (value != null && !value.toString().isEmpty()) {
      facts.add(new Fact(name, value.toString()));
    }
  }

  private static String again(SavedRun run, Provenance made) {
    List<String> words =
        new ArrayList<>(List.of("submit/local", "run", "--images", String.valueOf(made.images())));
    if (made.labels() != null) {
      words.addAll(List.of("--labels", made.labels()));
    }
    if (made.from() != null) {
      words.addAll(List.of("--from", made.from().model()));
    }
    words.addAll(
        List.of("--out", run.folder() + "-again", "--conf", run.files().conf().toString()));
    return ShellWords.line(words);
  }
}
