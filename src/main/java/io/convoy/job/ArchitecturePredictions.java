package io.convoy.job;

import io.convoy.evaluate.ConfusedPairs;
import io.convoy.evaluate.ConfusedPairs.PairExamples;
import io.convoy.evaluate.HardExamples;
import io.convoy.evaluate.HardExamples.Example;
import io.convoy.evaluate.Predictions;
import io.convoy.page.RunPage.HeldOut;
import io.convoy.report.PredictionTable.Prediction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The predictions of one architecture, as they are read: of most photos the numbers alone, with the
 * paths of the hard ones. Those of a split are put into an order that depends on nothing but its
 * photos, so that the architectures of several runs can be compared photo by photo.
 */
final class ArchitecturePredictions {
  private final int classes;
  private final String hardSplit;
  private final HardExamples hard;
  private final ConfusedPairs confused;
  private final Map<String, List<Scored>> bySplit = new TreeMap<>();

  /** A photo's hash, with what was said of it. */
  private record Scored(long photo, float[] outputs, int label) {}

  /**
   * @param classes how many there are
   * @param hardSplit the split whose hard photos are kept
   * @param hard keeps those of two classes
   * @param confused keeps those of more
   */
  ArchitecturePredictions(
      int classes, String hardSplit, HardExamples hard, ConfusedPairs confused) {
    this.classes = classes;
    this.hardSplit = hardSplit;
    this.hard = hard;
    this.confused = confused;
  }

  void add(Prediction prediction) {
    bySplit
        .computeIfAbsent(prediction.split(), split -> new ArrayList<>())
        .add(
            new Scored(
                hash(prediction.label() + prediction.path()),
                prediction.outputs(),
                prediction.label()));
    float[] outputs = prediction.outputs();
    if (!prediction.split().equals(hardSplit) || Float.isNaN(outputs[0])) {
      return;
    }
    if (outputs.length == 1) {
      hard.see(new Example(prediction.path(), prediction.label(), outputs[0]));
    } else {
      confused.see(prediction.path(), prediction.label(), outputs);
    }
  }

  private static long hash(String text) {
    return ByteBuffer.wrap(DigestUtils.sha256(text)).getLong();
  }

  /** Of each split, by its key. */
  Map<String, Predictions> bySplit() {
    Map<String, Predictions> all = new TreeMap<>();
    bySplit.forEach(
        (split, scored) -> {
          Predictions.Builder scores = new Predictions.Builder(classes);
          scored.stream()
              .sorted(Comparator.comparingLong(Scored::photo))
              .forEach(one -> scores.add(one.outputs, one.label));
          all.put(split, scores.build());
        });
    return all;
  }

  /** The photos of each split, by its key. */
  Map<String, HeldOut> heldOut() {
    Map<String, HeldOut> all = new TreeMap<>();
    bySplit.forEach(
        (split, scored) ->
            all.put(
                split,
                // A sum does not depend on the order.
                new HeldOut(scored.size(), scored.stream().mapToLong(Scored::photo).sum())));
    return all;
  }

  String hardSplit() {
    return hardSplit;
  }

  HardExamples hard() {
    return hard;
  }

  List<PairExamples> confused() {
    return confused.examples();
  }
}
