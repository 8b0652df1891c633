package io.convoy.predict;

import io.convoy.engine.Minibatch;
import io.convoy.engine.Predictor;
import io.convoy.ingest.FileContents;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoLoader;
import io.convoy.ingest.RejectedFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
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

  /**
   * Makes the network's input of a photo.
   *
   * @param <T> what photos come as
   */
  @FunctionalInterface
  public interface Source<T> {
    /**
     * The pixels.
     *
     * @return uint8 [height, width, 3], RGB, of the size that the network takes
     * @throws RejectedFileException if it is no photo that can be used
     */
    byte[] pixels(T photo) throws RejectedFileException;
  }

  /** A photo after decoding; without pixels where it is rejected. */
  private record Loaded<T>(T photo, byte[] pixels, Answer rejected) {}

  /**
   * The photos of files, in their order, scored as they are asked for: one minibatch is in memory
   * at a time.
   *
   * @param contents reads the files
   * @param counter is told how many files more are done
   */
  public Iterator<ScoredPhoto> score(
      Iterator<PhotoFile> files, FileContents contents, IntConsumer counter) {
    PhotoLoader loader = new PhotoLoader(contents, scoring.pixels());
    return score(
        files,
        file -> loader.decode(loader.read(file)),
        (file, answer) -> ScoredPhoto.of(file.path(), answer),
        counter);
  }

  /**
   * Photos, in their order, scored as they are asked for: one minibatch is in memory at a time.
   *
   * @param source their pixels
   * @param result what is made of a photo and the answer
   * @param counter is told how many photos more are done
   */
  public <T, R> Iterator<R> score(
      Iterator<T> photos, Source<T> source, BiFunction<T, Answer, R> result, IntConsumer counter) {
    return new Iterator<>() {
      private Iterator<R> batch = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        if (!batch.hasNext() && photos.hasNext()) {
          List<R> scored = scoreNext(photos, source, result);
          counter.accept(scored.size());
          batch = scored.iterator();
        }
        return batch.hasNext();
      }

      @Override
      public R next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return batch.next();
      }
    };
  }

  /**
   * Scores so many photos that a minibatch is full, and the rejected ones between them. Minibatches
   * are always full but for the last, as the predictor keeps memory for each size.
   */
  private <T, R> List<R> scoreNext(
      Iterator<T> photos, Source<T> source, BiFunction<T, Answer, R> result) {
    List<Loaded<T>> loaded = new ArrayList<>();
    List<byte[]> pixels = new ArrayList<>();
    while (pixels.size() < BATCH && photos.hasNext()) {
      Loaded<T> next = load(photos.next(), source);
      loaded.add(next);
      if (next.pixels != null) {
        pixels.add(next.pixels);
      }
    }
    float[][] outputs = outputs(pixels);
    List<R> scored = new ArrayList<>();
    int at = 0;
    for (Loaded<T> each : loaded) {
      Answer answer =
          each.pixels == null ? each.rejected : Answer.scored(outputs[at++], scoring.decision());
      scored.add(result.apply(each.photo, answer));
    }
    return scored;
  }

  private static <T> Loaded<T> load(T photo, Source<T> source) {
    try {
      return new Loaded<>(photo, source.pixels(photo), null);
    } catch (RejectedFileException e) {
      return new Loaded<>(photo, null, Answer.rejected(e.getMessage(), e.found()));
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
