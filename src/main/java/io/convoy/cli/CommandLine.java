package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.UserException;
import io.convoy.settings.Spelling;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Reads the command line. */
public final class CommandLine {
  private static final String USAGE =
      """
      convoy trains and compares image classifiers on Spark.

      Usage: %1$s <command> [options]

        sample    draws made-up photos of cats and dogs, or what augmentation makes of a photo
        survey    shapes and classes of a folder of photos, and the input size to choose
        prepare   photos to a data set: labelled, decoded, resized, split
        train     trains the architectures on a data set, and writes the metric tables
        run       prepare and train
        report    a page with the results of a run, or of several
        predict   classes of new photos by a trained model, as tables
        filters   shows one photo under edge kernels, max pooling, and a model's first layer
        bench     measures this machine: convoy against DL4J and its image loader as they come
        plan      predicts epochs and traffic on a cluster, from what it measures on this machine
        study     accuracy and time against workers, averaging frequency and outer momentum
        doctor    checks what a run needs, on the driver and on every executor

      %1$s <command> --help lists the options of a command; %1$s --version prints the version.
      Exit status: 0 done, 2 something that you can mend, 1 a bug of convoy's.""";

  private static final List<String> COMMANDS =
      List.of(
          "sample", "survey", "prepare", "train", "run", "predict", "report", "filters", "bench",
          "plan", "study", "doctor");

  /** What follows each command, for its help. */
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("sample", "--out /data/drawings --images 2000"),
          Map.entry("survey", "--images /data/photos"),
          Map.entry("prepare", "--images /data/photos --out /data/sets/photos"),
          Map.entry(
              "train", "--data /data/sets/photos --out /data/runs/second --architectures mlp"),
          Map.entry("run", "--images /data/photos --out /data/runs/first"),
          Map.entry(
              "predict",
              "--model /data/runs/first/models/mlp --images /data/new --out /data/predictions"),
          Map.entry(
              "report", "--run /data/runs/first --run /data/runs/second --out /data/comparison"),
          Map.entry("filters", "--image /data/photos/cats/cat.0.jpg --out /data/filters"),
          Map.entry("bench", "--out bench.csv"),
          Map.entry("plan", "--executors 4 --cores 2"),
          Map.entry("study", "--images /data/photos --out /data/study --workers 1,2"),
          Map.entry("doctor", "--images /data/photos --out /data/runs"));

  private static final String AUGMENTED = "augmented";

  private final String program;
  private final String version;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param program what the user typed before the command, such as {@code submit/local}
   * @param version of convoy
   * @param out for the help and the version that were asked for
   * @param err for the usage that was not
   */
  public CommandLine(String program, String version, PrintStream out, PrintStream err) {
    this.program = program;
    this.version = version;
    this.out = out;
    this.err = err;
  }

  /**
   * Reads the arguments.
   *
   * @return what to do; nothing where help or version was asked for, which was printed
   * @throws UserException if there is no such command or option, or one is missing
   */
  public Optional<Command> parse(String[] arguments) {
    if (arguments.length == 0) {
      err.println(usage());
      throw new UserException("A command is missing.");
    }
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    return switch (arguments[0]) {
      case "--help", "-h", "help" -> say(usage());
      case "--version" -> say("convoy " + version);
      case "sample" -> sample(rest);
      case "survey" -> survey(rest);
      case "prepare" -> prepare(rest);
      case "train" -> train(rest);
      case "run" -> run(rest);
      case "report" -> report(rest);
      case "predict" -> predict(rest);
      case "filters" -> filters(rest);
      case "bench" -> bench(rest);
      case "plan" -> plan(rest);
      case "study" -> study(rest);
      case "doctor" -> doctor(rest);
      default ->
          throw new UserException(
              "There is no command %s: %sthe commands are %s (%s --help).",
              arguments[0],
              Spelling.question(arguments[0], COMMANDS),
              String.join(", ", COMMANDS),
              program);
    };
  }

  private String usage() {
    return USAGE.formatted(program);
  }

  private Optional<Command> say(String text) {
    out.println(text);
    return Optional.empty();
  }

  private Optional<Command> sample(String[] arguments) {
    CommandParser parser =
        parser(
            "sample",
            "draws made-up photos of cats and dogs as JPEG files, in cats/ and dogs/; or what"
                + " augmentation makes of one photo, as ARCHITECTURE.png");
    parser.required("out", "DIR", "the folder to make");
    parser.word(AUGMENTED, "PHOTO", "a photo, to be shown as training sees it (draw photos)");
    parser.integer(
        "images", 2, "how many photos, half of them cats (2000); of --augmented, copies (23)");
    parser.longInteger("seed", "the same seed draws the same bytes (1)");
    parser.word("architectures", "A,B", "of --augmented: these alone (all that augment)");
    settings(parser);
    overwrite(parser);
    return parser.read(arguments).map(CommandLine::sample);
  }

  private static Command sample(Arguments given) {
    Optional<Integer> images = given.last("images", Integer.class);
    Optional<String> photo = given.last(AUGMENTED, String.class);
    if (photo.isPresent()) {
      return new Command.Augmented(
          photo.get(), text(given, "out"), images.orElse(23), settings(given), existing(given));
    }
    for (String option : List.of("conf", "set", "show-conf", "architectures")) {
      if (given.last(option, Object.class).isPresent()) {
        throw new UserException(
            "--%s does nothing without --augmented: drawing photos takes no settings.", option);
      }
    }
    return new Command.Sample(
        text(given, "out"),
        images.orElse(2000),
        given.last("seed", Long.class).orElse(1L),
        existing(given));
  }

  private Optional<Command> survey(String[] arguments) {
    CommandParser parser =
        parser("survey", "shapes and classes of a folder of photos, from their headers alone");
    parser.required("images", "DIR", "the folder of photos");
    parser.integer("limit", 0, "how many photos are looked into (1000); 0 for all");
    settings(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Survey(
                    text(given, "images"),
                    given.last("limit", Integer.class).orElse(1000),
                    settings(given)));
  }

  private Optional<Command> prepare(String[] arguments) {
    CommandParser parser =
        parser("prepare", "makes a data set of photos: labelled, decoded, resized, split");
    parser.required("images", "DIR", "the folder of photos");
    parser.required("out", "DATASET", "the folder of the data set");
    maxRejected(parser);
    settings(parser);
    overwrite(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Prepare(
                    text(given, "images"), text(given, "out"), settings(given), existing(given)));
  }

  private Optional<Command> train(String[] arguments) {
    CommandParser parser =
        parser("train", "trains the architectures on a data set, and writes the metric tables");
    parser.required("data", "DATASET", "a data set that prepare made");
    parser.required("out", "RUN", "the folder of the run");
    training(parser);
    settings(parser);
    resume(parser);
    overwrite(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Train(
                    text(given, "data"),
                    text(given, "out"),
                    settings(given),
                    existing(given),
                    given.last("from", String.class)));
  }

  private Optional<Command> run(String[] arguments) {
    CommandParser parser =
        parser("run", "prepares the photos, trains the architectures, writes the metric tables");
    parser.required("images", "DIR", "the folder of photos");
    parser.required("out", "RUN", "the folder of the run");
    parser.word(
        "datasets",
        "DIR",
        "where prepared data sets are kept, and found again, those of prepare too (datasets, beside the"
            + " run)");
    maxRejected(parser);
    training(parser);
    settings(parser);
    resume(parser);
    overwrite(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Run(
                    text(given, "images"),
                    text(given, "out"),
                    given.last("datasets", String.class),
                    settings(given),
                    existing(given),
                    given.last("from", String.class)));
  }

  private Optional<Command> report(String[] arguments) {
    CommandParser parser =
        parser("report", "makes a page with the results of a run, or of several to compare them");
    parser.required("run", "RUN", "the folder of a run; can be given again");
    parser.word(
        "out",
        "DIR",
        "the folder of the page, index.html (report, in the run); several runs need one");
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Report(
                    given.all("run", String.class), given.last("out", String.class)));
  }

  private Optional<Command> predict(String[] arguments) {
    CommandParser parser =
        parser(
            "predict", "probability and class of new photos, labelled or not, by a trained model");
    parser.required("model", "MODEL", "RUN/models/NAME for its best, or a file in it");
    parser.required("images", "DIR", "the folder of photos; or one photo, which is printed");
    parser.word(
        "out",
        "DIR",
        "the folder to make: predictions (path, probability, class) and rejected (path, reason,"
            + " found), each as .parquet and .csv, in the order of the paths; one photo needs none");
    parser.share("threshold", "T", "a greater probability is the second class (the model's)");
    parser.word("conf", "FILE", "settings, of which images.max-pixels and -file-bytes count");
    parser.word("set", "KEY=VALUE", "one of these two; can be given again");
    overwrite(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Predict(
                    text(given, "model"),
                    text(given, "images"),
                    given.last("out", String.class),
                    given
                        .last("threshold", Double.class)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty()),
                    settings(given),
                    existing(given)));
  }

  private Optional<Command> filters(String[] arguments) {
    CommandParser parser =
        parser("filters", "shows one photo under edge kernels, max pooling, and a first layer");
    parser.required("image", "PHOTO", "the photo");
    parser.word("model", "MODEL", "RUN/models/NAME, whose first layer is shown too (none)");
    parser.required("out", "DIR", "the folder for the pictures and index.html");
    overwrite(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Filters(
                    text(given, "image"),
                    given.last("model", String.class),
                    text(given, "out"),
                    existing(given)));
  }

  private Optional<Command> bench(String[] arguments) {
    CommandParser parser =
        parser(
            "bench", "measures this machine: convoy against DL4J as it comes, ratios of one run");
    parser.word("images", "DIR", "a folder of photos (4,096 made-up ones)");
    parser.word("out", "FILE", "where the table is saved as CSV (nowhere)");
    parser.word("architectures", "A,B", "these alone (all of the conf)");
    parser.integer("repeats", 1, "how often everything is timed, for the medians (3)");
    settings(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Bench(
                    given.last("images", String.class),
                    given.last("out", String.class),
                    given.last("repeats", Integer.class).orElse(3),
                    settings(given)));
  }

  private Optional<Command> plan(String[] arguments) {
    CommandParser parser =
        parser("plan", "predicts epochs and traffic on a cluster, from what it measures here");
    parser.requiredInteger("executors", 1, "how many executors, one worker on each");
    parser.requiredInteger("cores", 1, "of each executor");
    parser.integer("images", 1, "training images (those of split in the conf, of 25,000 photos)");
    parser.positive("network", "GBIT", "bandwidth of each machine in Gbit/s (10)");
    parser.word("architectures", "A,B", "these alone (all of the conf)");
    settings(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Plan(
                    given.last("executors", Integer.class).orElseThrow(),
                    given.last("cores", Integer.class).orElseThrow(),
                    given
                        .last("images", Integer.class)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                    given.last("network", Double.class).orElse(10.0),
                    settings(given)));
  }

  private Optional<Command> study(String[] arguments) {
    CommandParser parser =
        parser(
            "study",
            "trains with different numbers of workers and averaging frequencies, without outer"
                + " momentum and with train.outer of the conf, and makes a table of them");
    parser.required("images", "DIR", "the folder of photos");
    parser.required("out", "DIR", "the folder for study.csv, the runs, and the prepared data set");
    parser.integers("workers", 1, "numbers of workers (1,2,4,8)");
    parser.integers("frequencies", 1, "minibatches between two averagings (1,5,20)");
    parser.word("architectures", "A,B", "these alone (all of the conf)");
    parser.integer("epochs", 1, "epochs of every architecture (its own in the conf)");
    parser.longInteger("seed", "of initial weights and order (train.seed in the conf)");
    settings(parser);
    parser.flag("overwrite", "make the runs anew that are done already");
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Study(
                    text(given, "images"),
                    text(given, "out"),
                    numbers(given, "workers", 1, 2, 4, 8),
                    numbers(given, "frequencies", 1, 5, 20),
                    settings(given),
                    existing(given)));
  }

  private static List<Integer> numbers(Arguments given, String name, int... usual) {
    return IntStream.of(given.last(name, int[].class).orElse(usual)).distinct().boxed().toList();
  }

  private Optional<Command> doctor(String[] arguments) {
    CommandParser parser =
        parser("doctor", "checks what a run needs, on the driver and on every executor");
    parser.word("images", "DIR", "a folder of photos, to be listed and read (not checked)");
    parser.word("out", "DIR", "the folder of a run, where a small file is tried (not checked)");
    settings(parser);
    return parser
        .read(arguments)
        .map(
            given ->
                new Command.Doctor(
                    given.last("images", String.class),
                    given.last("out", String.class),
                    settings(given)));
  }

  private CommandParser parser(String command, String description) {
    return new CommandParser(program, command, description, EXAMPLES.get(command), out);
  }

  private static void maxRejected(CommandParser parser) {
    parser.word("max-rejected", "SHARE", "stop where more of the images cannot be used (0.01)");
  }

  private static void training(CommandParser parser) {
    parser.word("architectures", "A,B", "train these alone (all of the conf)");
    parser.integer("epochs", 1, "epochs of every architecture (its own in the conf)");
    parser.word(
        "from",
        "MODEL",
        "go on training a saved model: RUN/models/NAME, or a file in it; --epochs more");
    parser.longInteger("seed", "of initial weights and order (train.seed in the conf)");
  }

  private static void settings(CommandParser parser) {
    parser.word(
        "conf",
        "FILE",
        "settings over the defaults (conf/convoy.conf shows all); can be given again, the later over"
            + " the earlier");
    parser.word("set", "KEY=VALUE", "one setting over the conf files; can be given again");
    parser.flag("show-conf", "print the resolved settings first");
  }

  private static void resume(CommandParser parser) {
    parser.flag(
        "resume", "go on with a run that was stopped, as the same command does; none is no error");
  }

  private static void overwrite(CommandParser parser) {
    parser.flag("overwrite", "delete what the output folder holds");
  }

  private static String text(Arguments given, String name) {
    return given.last(name, String.class).orElseThrow();
  }

  private static Existing existing(Arguments given) {
    boolean overwrite = given.last("overwrite", Boolean.class).isPresent();
    boolean resume = given.last("resume", Boolean.class).isPresent();
    if (overwrite && resume) {
      throw new UserException(
          "--overwrite deletes the run that --resume would go on with; give one of them.");
    }
    if (resume) {
      return Existing.RESUME;
    }
    return overwrite ? Existing.OVERWRITE : Existing.KEEP;
  }

  private static SettingsSource settings(Arguments given) {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String set : given.all("set", String.class)) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        throw new UserException(
            "--set %s: it wants KEY=VALUE, such as --set architectures.conv24.epochs=3.", set);
      }
      overrides.put(set.substring(0, equals).strip(), set.substring(equals + 1).strip());
    }
    given
        .last("max-rejected", String.class)
        .ifPresent(share -> overrides.put("images.max-rejected", share));
    given.last("seed", Long.class).ifPresent(seed -> overrides.put("train.seed", seed.toString()));
    return new SettingsSource(
        given.all("conf", String.class),
        overrides,
        given
            .last("architectures", String.class)
            .map(names -> List.of(names.split("\\s*,\\s*")))
            .orElse(List.of()),
        given.last("epochs", Integer.class).map(OptionalInt::of).orElse(OptionalInt.empty()),
        given.last("show-conf", Boolean.class).isPresent() ? Show.CONF : Show.NOTHING);
  }
}
