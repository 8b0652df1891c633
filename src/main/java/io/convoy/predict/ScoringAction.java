package io.convoy.predict;

import io.convoy.ingest.ListedFile;
import io.convoy.ingest.PhotoFiles;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.progress.Progress;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.JobNames;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

/** Scores the photos of a folder on the executors, each once, in tasks of about equal bytes. */
public final class ScoringAction {
  private final JavaSparkContext context;
  private final Scoring scoring;
  private final Network network;

  /**
   * @param context Spark
   * @param scoring how
   * @param network with which
   */
  public ScoringAction(JavaSparkContext context, Scoring scoring, Network network) {
    this.context = context;
    this.scoring = scoring;
    this.network = network;
  }

  /**
   * Scores.
   *
   * @param files the photos
   * @param progress counts the files
   */
  public ScoredFolder score(PhotoFiles files, Progress progress) {
    JobNames names = new JobNames(context.sc());
    names.begin("predict: scoring the photos");
    Broadcast<NetworkState> model = context.broadcast(NetworkState.ofParameters(network));
    Scoring each = scoring;
    try (CountedTasks counted = new CountedTasks(context.sc(), progress)) {
      return new ScoredFolder(
          files.listed().mapPartitions(listed -> scored(listed, each, model, counted)),
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
      Iterator<ListedFile> files,
      Scoring scoring,
      Broadcast<NetworkState> model,
      CountedTasks counted) {
    TaskContext task = TaskContext.get();
    PhotoScorer scorer = scoring.scorer(model.value().shared(), task.cpus());
    task.addTaskCompletionListener((TaskCompletionListener) end -> scorer.close());
    return new ScoredPhotos(files, scorer, counted::add);
  }
}
