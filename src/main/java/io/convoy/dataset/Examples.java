package io.convoy.dataset;

import io.convoy.failure.UserException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.broadcast.Broadcast;

/**
 * Examples of a data set, which are read at random positions; to be carried to the executors.
 *
 * @param files the data set's shards
 * @param split what they are for
 * @param examples how many there are
 * @param places where each of them lies
 * @param layout their records
 */
public record Examples(
    Broadcast<Shards> files, Split split, int examples, Places places, Shard.RecordLayout layout)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where examples lie. */
  interface Places extends Serializable {
    /** That of an example, by its position from 0. */
    Place of(int position);
  }

  /** A record of a shard, from 0. */
  record Place(Shard shard, int record) {}

  /**
   * A whole split: the example at position i is record {@code i % examplesPerShard} of {@link
   * Shard} {@code i / examplesPerShard}.
   *
   * @param examplesPerShard how many are in each file but the last
   */
  private record WholeSplit(Split split, int examplesPerShard) implements Places {
    private static final long serialVersionUID = 1L;

    @Override
    public Place of(int position) {
      return new Place(new Shard(split, position / examplesPerShard), position % examplesPerShard);
    }
  }

  /**
   * Some examples of the training and the validation split.
   *
   * @param trainExamples how many the training split has
   * @param chosen their positions, of a validation example behind all training examples
   */
  private record Chosen(
      WholeSplit train, WholeSplit validation, int trainExamples, Broadcast<int[]> chosen)
      implements Places {
    private static final long serialVersionUID = 1L;

    @Override
    public Place of(int position) {
      int at = chosen.value()[position];
      return at < trainExamples ? train.of(at) : validation.of(at - trainExamples);
    }
  }

  /** The examples of a split of a prepared data set. */
  public static Examples of(Broadcast<Shards> files, Split split, Manifest manifest) {
    return of(
        files,
        split,
        manifest.counts(split).examples(),
        manifest.counts(split).examplesPerShard(),
        manifest.layout());
  }

  static Examples of(
      Broadcast<Shards> files,
      Split split,
      int examples,
      int examplesPerShard,
      Shard.RecordLayout layout) {
    return new Examples(files, split, examples, new WholeSplit(split, examplesPerShard), layout);
  }

  /**
   * Some examples of the training and the validation split of a prepared data set.
   *
   * @param split what they are for
   * @param chosen as {@link Folds} has them
   */
  public static Examples of(
      Broadcast<Shards> files, Split split, Broadcast<int[]> chosen, Manifest manifest) {
    return new Examples(
        files,
        split,
        chosen.value().length,
        new Chosen(
            new WholeSplit(Split.TRAIN, manifest.train().examplesPerShard()),
            new WholeSplit(Split.VALIDATION, manifest.validation().examplesPerShard()),
            manifest.train().examples(),
            chosen),
        manifest.layout());
  }

  /** How many classes there are. */
  public int classes() {
    return layout.classes();
  }

  /** The first examples, as many as there are up to a number. */
  public Examples limited(int most) {
    return new Examples(files, split, Math.min(examples, most), places, layout);
  }

  /**
   * Reads one example.
   *
   * @param position from 0
   * @param record receives the label and the pixels; at least {@code layout.recordBytes()} long
   * @throws UserException if its shard is missing, cut short or altered, or its label is of no
   *     class
   * @throws UncheckedIOException if the shard cannot be read otherwise
   */
  public void read(int position, byte[] record) {
    if (position < 0 || position >= examples) {
      throw new IndexOutOfBoundsException(position);
    }
    Place place = places.of(position);
    Shard shard = place.shard;
    int inShard = place.record;
    int bytes = layout.recordBytes();
    Shards here = files.value();
    try {
      here.reader(shard).read((long) inShard * bytes, record, bytes);
    } catch (FileNotFoundException e) {
      throw new UserException("%s is missing; prepare the data set again.", here.file(shard));
    } catch (EOFException e) {
      throw new UserException(
          "%s ends before its example %,d: the file is cut short, or %s is not its own; prepare the"
              + " data set again.",
          here.file(shard), inShard, Manifest.FILE);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(here.file(shard), e.getMessage()), e);
    }
    int label = layout.label(record);
    if (label >= classes()) {
      throw new UserException(
          "%s: its example %,d has the label %d, and there are %d classes; prepare the data set"
              + " again.",
          here.file(shard), inShard, label, classes());
    }
  }
}
