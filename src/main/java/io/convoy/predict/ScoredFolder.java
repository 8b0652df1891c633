package io.convoy.predict;

import io.convoy.failure.UserException;
import io.convoy.ingest.FileContents;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoTasks;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.progress.Progress;
import io.convoy.report.AnswerColumns;
import io.convoy.report.TableWriter;
import io.convoy.report.TableWriter.Marker;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.JobNames;
import io.convoy.table.Columns;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * The photos of a folder, scored once on the executors and kept, without pixels, on their disks; of
 * them the tables are made.
 */
public final class ScoredFolder implements AutoCloseable {
  private static final String PREDICTIONS = "predictions";
  private static final String REJECTED = "rejected";

  /** Is there once all tables are, below the folder of the tables. */
  public static final String MARKER = PREDICTIONS + ".parquet/_SUCCESS";

  private static final int SHOWN_REASONS = 3;

  private final JavaRDD<ScoredPhoto> photos;
  private final Runnable release;
  private final JobNames names;
  private final Counts counts;

  /**
   * Scores the photos of a folder, in tasks of about equal bytes.
   *
   * @param files the photos
   * @param scoring how
   * @param network with which
   * @param progress counts the files
   */
  public static ScoredFolder of(
      JavaSparkContext context,
      PhotoTasks files,
      Scoring scoring,
      Network network,
      Progress progress) {
    JobNames names = new JobNames(context.sc());
    names.begin("predict: scoring the photos");
    Broadcast<NetworkState> model = context.broadcast(NetworkState.ofParameters(network));
    FileContents contents = files.contents();
    try (CountedTasks counted = new CountedTasks(context.sc(), progress)) {
      return new ScoredFolder(
          files.listed().mapPartitions(listed -> scored(listed, contents, scoring, model, counted)),
          model::destroy);
    } catch (Exception | Error e) {
      // Exception, as Spark throws checked ones that its Java signatures do not name.
      model.destroy();
      throw e;
    } finally {
      names.end();
    }
  }

  /** The tasks run beside one another, so that each has the threads that Spark counts for it. */
  private static Iterator<ScoredPhoto> scored(
      Iterator<PhotoFile> files,
      FileContents contents,
      Scoring scoring,
      Broadcast<NetworkState> model,
      CountedTasks counted) {
    TaskContext task = TaskContext.get();
    PhotoScorer scorer = scoring.scorer(model.value().shared(), task.cpus());
    task.addTaskCompletionListener((TaskCompletionListener) end -> scorer.close());
    return scorer.score(files, contents, counted::add);
  }

  /** A photo that is scored already. */
  public static ScoredFolder of(JavaSparkContext context, ScoredPhoto photo) {
    return new ScoredFolder(context.parallelize(List.of(photo), 1), () -> {});
  }

  /**
   * @param photos scores each where it is asked for; asked again where an executor is lost
   * @param release gives up what the scoring needs, when this is closed
   */
  private ScoredFolder(JavaRDD<ScoredPhoto> photos, Runnable release) {
    this.release = release;
    this.photos = photos.persist(StorageLevel.DISK_ONLY());
    this.names = new JobNames(photos.context());
    names.begin("predict: scoring the photos");
    this.counts =
        this.photos
            .mapPartitions(partition -> List.of(Counts.of(partition)).iterator())
            .collect()
            .stream()
            .reduce(Counts.NONE, Counts::plus);
    names.end();
  }

  /**
   * How many photos there are.
   *
   * @param perClass by the class's name
   * @param undefined for which the network gave no number
   * @param rejected which could not be used
   */
  public record Counts(HashMap<String, Long> perClass, long undefined, long rejected)
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Counts NONE = new Counts(new HashMap<>(), 0, 0);

    private static Counts of(Iterator<ScoredPhoto> photos) {
      HashMap<String, Long> perClass = new HashMap<>();
      long undefined = 0;
      long rejected = 0;
      while (photos.hasNext()) {
        ScoredPhoto photo = photos.next();
        if (photo.isRejected()) {
          rejected++;
        } else if (photo.decided() == null) {
          undefined++;
        } else {
          perClass.merge(photo.decided(), 1L, Long::sum);
        }
      }
      return new Counts(perClass, undefined, rejected);
    }

    private Counts plus(Counts other) {
      HashMap<String, Long> sums = new HashMap<>(perClass);
      other.perClass.forEach((name, count) -> sums.merge(name, count, Long::sum));
      return new Counts(sums, undefined + other.undefined, rejected + other.rejected);
    }

    /** How many photos are called a class. */
    public long of(String name) {
      return perClass.getOrDefault(name, 0L);
    }

    /** How many photos the network was asked about. */
    public long scored() {
      return undefined + perClass.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * The counts.
   *
   * @throws UserException if all photos are rejected
   */
  public Counts counts() {
    if (counts.scored() == 0) {
      throw noneUsable();
    }
    return counts;
  }

  /**
   * The first photos that have a class, by their paths.
   *
   * @param most how many, at most
   */
  public List<ScoredPhoto> first(int most) {
    names.begin("predict: looking for the first photos");
    List<ScoredPhoto> first =
        photos.filter(photo -> photo.decided() != null).takeOrdered(most, new ByPath());
    names.end();
    return first;
  }

  private UserException noneUsable() {
    names.begin("predict: looking why no photo can be used");
    List<String> first =
        photos.takeOrdered(SHOWN_REASONS, new ByPath()).stream()
            .map(photo -> photo.path() + ": " + photo.reason())
            .toList();
    names.end();
    return new UserException(
        "None of the images (%,d) can be used; the first: %s. Check --images.",
        counts.rejected(), String.join("; ", first));
  }

  private static final class ByPath implements Comparator<ScoredPhoto>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(ScoredPhoto a, ScoredPhoto b) {
      return a.path().compareTo(b.path());
    }
  }

  /**
   * Writes {@code rejected} and then {@code predictions}, each in the order of the paths, one row
   * after the other.
   *
   * @param classes in the order of their labels
   */
  public void writeTables(TableWriter tables, List<String> classes) {
    List<String> serializable = List.copyOf(classes);
    names.begin("predict: sorting the photos by their paths");
    JavaRDD<Row> rejected =
        inOrder(photos.filter(ScoredPhoto::isRejected))
            .mapPartitions(partition -> rows(rejected(), partition));
    JavaRDD<Row> predictions =
        inOrder(photos.filter(photo -> !photo.isRejected()))
            .mapPartitions(partition -> rows(predictions(serializable), partition));
    names.end();
    tables.write(REJECTED, rejected().schema(), rejected, Marker.SUCCESS);
    tables.write(PREDICTIONS, predictions(classes).schema(), predictions, Marker.SUCCESS);
  }

  private static Columns<ScoredPhoto> rejected() {
    Columns<ScoredPhoto> columns = new Columns<>(REJECTED);
    columns.text("path", ScoredPhoto::path);
    columns.text("reason", ScoredPhoto::reason);
    columns.text("found", ScoredPhoto::found);
    return columns;
  }

  private static Columns<ScoredPhoto> predictions(List<String> classes) {
    Columns<ScoredPhoto> columns = new Columns<>(PREDICTIONS);
    columns.text("path", ScoredPhoto::path);
    AnswerColumns.add(columns, classes, ScoredPhoto::outputs, ScoredPhoto::decided);
    return columns;
  }

  private static Iterator<Row> rows(Columns<ScoredPhoto> columns, Iterator<ScoredPhoto> photos) {
    Iterable<ScoredPhoto> each = () -> photos;
    return StreamSupport.stream(each.spliterator(), false).map(columns::row).iterator();
  }

  /** In one partition, whose sorting goes to disk where memory is short. */
  private static JavaRDD<ScoredPhoto> inOrder(JavaRDD<ScoredPhoto> photos) {
    return photos
        .mapToPair(photo -> new Tuple2<>(photo.path(), photo))
        .repartitionAndSortWithinPartitions(new HashPartitioner(1))
        .values();
  }

  /** Gives the disks free. */
  @Override
  public void close() {
    // Waits: Spark that is stopped meanwhile prints a stack trace.
    photos.unpersist(true);
    release.run();
  }
}
