package io.convoy.predict;

import io.convoy.engine.Minibatch;
import io.convoy.engine.Predictor;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.RejectedFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Scores photos, a minibatch at a time. For one thread at a time. */
public final class PhotoScorer implements AutoCloseable {
  static final int BATCH = 64;

  private final Scoring scoring;
  private final Predictor predictor;

  /**
   * @param scoring how
   * @param predictor is closed with this
   */
  PhotoScorer(Scoring scoring, Predictor predictor) {
    this.scoring = scoring;
    this.predictor = predictor;
  }

  /** A file after decoding; without pixels where it is rejected. */
  private record Loaded(String path, byte[] pixels, ScoredPhoto rejected) {}

  /**
   * The photos of files, in their order, scored as they are asked for: one minibatch is in memory
   * at a time.
   *
   * @param counter is told how many files more are done
   */
  public Iterator<ScoredPhoto> score(Iterator<PhotoFile> files, IntConsumer counter) {
    return new Iterator<>() {
      private Iterator<ScoredPhoto> batch = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        if (!batch.hasNext() && files.hasNext()) {
          List<ScoredPhoto> scored = scoreNext(files);
          counter.accept(scored.size());
          batch = scored.iterator();
        }
        return batch.hasNext();
      }

      @Override
      public ScoredPhoto next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return batch.next();
      }
    };
  }

  /**
   * Scores so many files that a minibatch of photos is full, and the rejected ones between them.
   * Minibatches are always full but for the last, as the predictor keeps memory for each size.
   */
  private List<ScoredPhoto> scoreNext(Iterator<PhotoFile> files) {
    List<Loaded> loaded = new ArrayList<>();
    List<byte[]> photos = new ArrayList<>();
    while (photos.size() < BATCH && files.hasNext()) {
      Loaded next = load(files.next());
      loaded.add(next);
      if (next.pixels != null) {
        photos.add(next.pixels);
      }
    }
    float[][] outputs = outputs(photos);
    List<ScoredPhoto> scored = new ArrayList<>();
    int at = 0;
    for (Loaded each : loaded) {
      scored.add(
          each.pixels == null
              ? each.rejected
              : ScoredPhoto.scored(each.path, outputs[at++], scoring.decision()));
    }
    return scored;
  }

  private Loaded load(PhotoFile file) {
    try {
      byte[] pixels = scoring.loader().decode(scoring.loader().read(file));
      return new Loaded(file.path(), pixels, null);
    } catch (RejectedFileException e) {
      return new Loaded(
          file.path(), null, ScoredPhoto.rejected(file.path(), e.getMessage(), e.found()));
    }
  }

  private float[][] outputs(List<byte[]> photos) {
    if (photos.isEmpty()) {
      return new float[0][];
    }
    try (INDArray pixels = Minibatch.pixels(photos, scoring.height(), scoring.width())) {
      return predictor.output(pixels).toFloatMatrix();
    }
  }

  @Override
  public void close() {
    predictor.close();
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }
}
