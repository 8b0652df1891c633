package io.convoy.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What the user asked for. Folders are paths or URIs of any Hadoop file system. */
public sealed interface Command {

  /** What to do with an output folder that holds something. */
  enum Existing {
    /** Refuse it, but go on with the same run where it was stopped. */
    KEEP,
    /** Go on with the same run; nothing is left to do where it is finished. */
    RESUME,
    /** Delete what it holds. */
    OVERWRITE
  }

  /**
   * Where the settings come from: the command line over the conf files over the defaults.
   *
   * @param confs the conf files, the later over the earlier
   * @param overrides dotted keys and their values
   * @param architectures the ones to train; all where empty
   * @param epochs for every architecture, instead of its own
   * @param show whether the resolved conf is printed at the start
   */
  record SettingsSource(
      List<String> confs,
      Map<String, String> overrides,
      List<String> architectures,
      OptionalInt epochs,
      Show show) {

    /** The same with more overrides, which win. */
    public SettingsSource with(Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>(overrides);
      all.putAll(more);
      return new SettingsSource(confs, all, architectures, epochs, show);
    }
  }

  /** Whether the resolved conf is printed. */
  enum Show {
    NOTHING,
    CONF
  }

  /** Draws made-up photos. */
  record Sample(String out, int images, long seed, Existing existing) implements Command {}

  /**
   * Draws what becomes of one photo in training.
   *
   * @param epochs how many changed copies are drawn, one an epoch
   * @param settings the size of the images, the seed, and the architectures whose augmentation is
   *     shown
   */
  record Augmented(String photo, String out, int epochs, SettingsSource settings, Existing existing)
      implements Command {}

  /** Looks at the shapes of up to {@code limit} photos; of all where it is 0. */
  record Survey(String images, int limit, SettingsSource settings) implements Command {}

  /** Makes a data set of photos. */
  record Prepare(String images, String out, SettingsSource settings, Existing existing)
      implements Command {}

  /**
   * Trains architectures on a data set.
   *
   * @param from a model to go on with, instead of new networks
   */
  record Train(
      String data, String out, SettingsSource settings, Existing existing, Optional<String> from)
      implements Command {

    /** Training of new networks. */
    public Train(String data, String out, SettingsSource settings, Existing existing) {
      this(data, out, settings, existing, Optional.empty());
    }
  }

  /**
   * Predicts photos with a trained model.
   *
   * @param images a folder of photos, or one photo
   * @param out the folder of the tables; may be missing for one photo
   * @param threshold 0 to 1, instead of the model's
   * @param settings for the limits of the photos alone
   */
  record Predict(
      String model,
      String images,
      Optional<String> out,
      OptionalDouble threshold,
      SettingsSource settings,
      Existing existing)
      implements Command {}

  /**
   * Trains with different numbers of workers and averaging frequencies, and with outer momentum
   * where the settings have it.
   *
   * @param out the folder of the table, and of {@code runs} and {@code datasets}
   * @param workers numbers of them
   * @param frequencies minibatches between two averagings
   */
  record Study(
      String images,
      String out,
      List<Integer> workers,
      List<Integer> frequencies,
      SettingsSource settings,
      Existing existing)
      implements Command {}

  /** Measures on this machine; on made-up photos where there is no folder of photos. */
  record Bench(Optional<String> images, Optional<String> out, int repeats, SettingsSource settings)
      implements Command {}

  /**
   * Draws what kernels and max pooling make of one photo, and the first layer of a model where one
   * is given.
   */
  record Filters(String image, Optional<String> model, String out, Existing existing)
      implements Command {}

  /** Checks the driver and every executor; the file systems of the folders that are given too. */
  record Doctor(Optional<String> images, Optional<String> out, SettingsSource settings)
      implements Command {}

  /**
   * Makes a page of runs.
   *
   * @param runs their folders, one or more
   * @param out the page's folder; that of the only run where empty
   */
  record Report(List<String> runs, Optional<String> out) implements Command {}

  /**
   * Predicts epochs on a cluster.
   *
   * @param executors at least 1, each with as many cores
   * @param images of the training split; as the settings have it where empty
   * @param gigabits of the network, a second
   */
  record Plan(
      int executors, int cores, OptionalInt images, double gigabits, SettingsSource settings)
      implements Command {}

  /**
   * Prepares and trains; data sets are kept and found again in {@code datasets}.
   *
   * @param from a model to go on with, instead of new networks
   */
  record Run(
      String images,
      String out,
      Optional<String> datasets,
      SettingsSource settings,
      Existing existing,
      Optional<String> from)
      implements Command {

    /** A run of new networks. */
    public Run(
        String images,
        String out,
        Optional<String> datasets,
        SettingsSource settings,
        Existing existing) {
      this(images, out, datasets, settings, existing, Optional.empty());
    }
  }
}
