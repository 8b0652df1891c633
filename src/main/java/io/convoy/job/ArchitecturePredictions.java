package io.convoy.job;

import io.convoy.evaluate.HardExamples;
import io.convoy.evaluate.HardExamples.Example;
import io.convoy.evaluate.Predictions;
import io.convoy.page.RunPage.HeldOut;
import io.convoy.report.SavedTables.Prediction;
import io.convoy.report.ScoreList;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The predictions of one architecture, as they are read: of most photos the numbers alone, with the
 * paths of the hard ones.
 */
final class ArchitecturePredictions {
  private final String hardSplit;
  private final HardExamples hard;
  private final Map<String, ScoreList> bySplit = new TreeMap<>();
  private final Map<String, HeldOut> heldOut = new TreeMap<>();

  /**
   * @param hardSplit the split whose hard photos are kept
   * @param hard keeps them
   */
  ArchitecturePredictions(String hardSplit, HardExamples hard) {
    this.hardSplit = hardSplit;
    this.hard = hard;
  }

  void add(Prediction prediction) {
    bySplit
        .computeIfAbsent(prediction.split(), split -> new ScoreList())
        .add(prediction.probability(), prediction.label());
    heldOut.merge(
        prediction.split(),
        new HeldOut(1, hash(prediction.label() + prediction.path())),
        HeldOut::plus);
    if (prediction.split().equals(hardSplit) && !Float.isNaN(prediction.probability())) {
      hard.see(new Example(prediction.path(), prediction.label(), prediction.probability()));
    }
  }

  /** Of each split, by its key. */
  Map<String, Predictions> bySplit() {
    Map<String, Predictions> all = new TreeMap<>();
    bySplit.forEach((split, numbers) -> all.put(split, numbers.predictions()));
    return all;
  }

  private static long hash(String text) {
    return ByteBuffer.wrap(DigestUtils.sha256(text)).getLong();
  }

  /** The photos of each split, by its key. */
  Map<String, HeldOut> heldOut() {
    return heldOut;
  }

  String hardSplit() {
    return hardSplit;
  }

  HardExamples hard() {
    return hard;
  }
}
