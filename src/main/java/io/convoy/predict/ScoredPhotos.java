package io.convoy.predict;

import io.convoy.ingest.ListedFile;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntConsumer;

/** The photos of a task, scored as they are asked for: one minibatch is in memory at a time. */
final class ScoredPhotos implements Iterator<ScoredPhoto> {
  private final Iterator<ListedFile> files;
  private final PhotoScorer scorer;
  private final IntConsumer counter;
  private Iterator<ScoredPhoto> batch = Collections.emptyIterator();

  /**
   * @param counter is told how many files more are done
   */
  ScoredPhotos(Iterator<ListedFile> files, PhotoScorer scorer, IntConsumer counter) {
    this.files = files;
    this.scorer = scorer;
    this.counter = counter;
  }

  @Override
  public boolean hasNext() {
    if (!batch.hasNext() && files.hasNext()) {
      List<ScoredPhoto> scored = scorer.scoreNext(files);
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
}
