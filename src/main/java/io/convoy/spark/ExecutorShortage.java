package io.convoy.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * What a user is told of executors that do not come: what was asked for, what there is, and what
 * would fit.
 *
 * @param asked by the settings
 * @param there how many executors there are
 * @param wanted how many are waited for
 * @param options in which the user says another size
 * @param capacity what the cluster has; empty where that is not known
 * @param byHand how the user sees what it has
 */
record ExecutorShortage(
    ExecutorRequest asked,
    int there,
    int wanted,
    Options options,
    Optional<ClusterCapacity> capacity,
    String byHand) {

  /** The launcher that made the session's settings, if one did. */
  private static final String LAUNCHER_SETTING = "spark.convoy.launcher";

  /** The options that a session was started with. */
  enum Options {
    /** The options of {@code submit/standalone} and its like. */
    LAUNCHER("--executors") {
      @Override
      List<String> of(ClusterCapacity.Size size, ExecutorRequest asked) {
        List<String> words = new ArrayList<>();
        if (size.count() != asked.count()) {
          words.add("--executors " + size.count());
        }
        if (size.cores() != asked.cores()) {
          words.add("--executor-cores " + size.cores());
        }
        if (size.memory() != asked.memory()) {
          words.add("--executor-memory " + written(size.memory()));
        }
        return words;
      }
    },

    /** {@code spark-submit} for a standalone cluster, which counts cores. */
    SPARK_SUBMIT_CORES("--total-executor-cores") {
      @Override
      List<String> of(ClusterCapacity.Size size, ExecutorRequest asked) {
        return words(size.count() * size.cores(), size, asked);
      }
    },

    /** {@code spark-submit} for any other. */
    SPARK_SUBMIT("--num-executors") {
      @Override
      List<String> of(ClusterCapacity.Size size, ExecutorRequest asked) {
        return words(size.count(), size, asked);
      }
    };

    private static final long HEAP_PERCENT = 40;

    private final String number;

    Options(String number) {
      this.number = number;
    }

    static Options of(SparkConf conf, ClusterManager manager) {
      return conf.contains(LAUNCHER_SETTING) ? LAUNCHER : manager.options();
    }

    /** For sentences. */
    String names() {
      return number + ", --executor-cores, --executor-memory";
    }

    abstract List<String> of(ClusterCapacity.Size size, ExecutorRequest asked);

    /** For spark-submit memory is the heap alone; the rest is for native arithmetic. */
    List<String> words(int all, ClusterCapacity.Size size, ExecutorRequest asked) {
      List<String> words = new ArrayList<>();
      words.add(number + " " + all);
      words.add("--executor-cores " + size.cores());
      if (size.memory() != asked.memory()) {
        words.add("--executor-memory " + written(size.memory() * HEAP_PERCENT / 100));
      }
      return words;
    }

    private static String written(long mebibytes) {
      return mebibytes % 1024 == 0 ? mebibytes / 1024 + "g" : mebibytes + "m";
    }
  }

  /**
   * While they are waited for, in lines.
   *
   * @param waited so far
   * @param end what comes of it
   */
  List<String> lines(Duration waited, String end) {
    return List.of(
        "Waiting for executors: %s after %s.".formatted(thereOfWanted(), words(waited)),
        "  asked for: " + asked,
        "  there is:  " + offered(),
        "  what fits: " + fitting(),
        "  " + end);
  }

  /** At the end, in one line. */
  String line(Duration waited) {
    return String.format(
        Locale.ROOT,
        "No executors to go on with: %s after %s. Asked for: %s; there is: %s; what fits: %s. Ask for what fits, or wait longer"
            + " (%s); what was finished is kept: the same command goes on with it.",
        thereOfWanted(),
        words(waited),
        asked,
        offered(),
        fitting(),
        ExecutorWatch.MOST_WAIT);
  }

  /** While some that were there are lost, in one line. */
  String loss() {
    return String.format(
        Locale.ROOT,
        "Executors are lost: %d of %d are there, and do the others' work until those are back. There"
            + " is: %s; what fits: %s.",
        there,
        wanted,
        offered(),
        fitting());
  }

  private String thereOfWanted() {
    return there == 0 && wanted == 1
        ? "there is no executor"
        : "%d of %d are there".formatted(there, wanted);
  }

  private String offered() {
    return capacity.map(ClusterCapacity::toString).orElse("not known here; " + byHand);
  }

  private String fitting() {
    if (capacity.isEmpty()) {
      return "what the cluster has room for, as it tells you";
    }
    ClusterCapacity free = capacity.get().withoutOurs();
    if (free.nodes().isEmpty()) {
      return "nothing before workers are started";
    }
    Optional<ClusterCapacity.Size> size = free.fitting(asked);
    if (size.isPresent()) {
      return size.get().isThatOf(asked)
          ? "what was asked for, so that they are starting or fail to start (exit code "
              + ScratchFolders.EXIT_CODE
              + ": "
              + ScratchFolders.OF_EXECUTOR
              + "); "
              + byHand
          : String.join(" ", options.of(size.get(), asked));
    }
    return free.isTaken()
        ? "nothing while other applications have the rest; wait for them, or end them"
        : "nothing: an executor wants a core and %,d MiB of memory"
            .formatted(ClusterCapacity.LEAST_MEMORY);
  }

  static String words(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds % 60 == 0 ? seconds / 60 + " min" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
