package io.convoy.job;

import io.convoy.cli.DoctorCommand;
import io.convoy.doctor.Doctor;
import io.convoy.doctor.Finding;
import io.convoy.doctor.FindingsTable;
import io.convoy.doctor.TrainingsCheck;
import io.convoy.doctor.TrainingsCheck.Group;
import io.convoy.doctor.TrainingsCheck.Size;
import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.network.NetworkConfiguration;
import io.convoy.search.Trial;
import io.convoy.settings.Architecture;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.SearchSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.TrackingSettings;
import io.convoy.settings.TrainSettings;
import io.convoy.storage.Storage;
import io.convoy.tracking.Tracker;
import io.convoy.train.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** {@code doctor}: checks what a run needs, and prints a table of it. */
public final class DoctorJob {
  private final Context context;

  public DoctorJob(Context context) {
    this.context = context;
  }

  /**
   * Checks, and prints.
   *
   * @throws UserException if a check fails
   */
  public void run(DoctorCommand command) {
    ResolvedSettings resolved = SettingsFiles.resolve(command.settings(), context);
    String images = qualified(command.images());
    String out = qualified(command.out());
    if (!images.isEmpty() && !out.isEmpty()) {
      refuseOverlap(images, out);
    }
    List<Finding> findings =
        new ArrayList<>(open().examine(images, out, () -> trainings(resolved)));
    resolved.tracking().server().ifPresent(it -> findings.add(tracking(resolved.tracking())));
    context.print("%s", FindingsTable.render(findings));
    long failed = findings.stream().filter(Finding::failed).count();
    if (failed > 0) {
      throw new UserException("%d of %d checks failed.", failed, findings.size());
    }
  }

  /** Whether the driver can tell the server of a run; none fails without it. */
  private static Finding tracking(TrackingSettings tracking) {
    String server = tracking.server().orElseThrow().toString();
    try {
      Tracker.requireClient(tracking);
    } catch (UserException e) {
      return new Finding("run", "tracking", "MLflow's Java client is missing", e.getMessage());
    }
    Tracker.Answer answer = Tracker.ask(tracking);
    return new Finding(
        "run",
        "tracking",
        server + " " + answer.words(),
        answer.isGood() ? "" : "check tracking.uri, and that the server runs");
  }

  /** Where Spark does not start, the driver's own checks may tell why. */
  private Doctor open() {
    try {
      return new Doctor(context.spark().get().sparkContext(), context.hadoop());
    } catch (UserException noSpark) {
      return new Doctor(noSpark, context.hadoop());
    }
  }

  /** What a search trains, of the architectures that it has something for. */
  private static List<Architecture> drawn(ResolvedSettings resolved) {
    SearchSettings search = resolved.search();
    List<Architecture> searched =
        resolved.settings().architectures().stream()
            .filter(each -> !search.space().of(each.name()).isEmpty())
            .toList();
    return searched.isEmpty()
        ? List.of()
        : Trial.draw(search, searched).stream().map(Trial::architecture).toList();
  }

  /** What the settings train, on the executors that there are. */
  private TrainingsCheck trainings(ResolvedSettings resolved) {
    Settings settings = resolved.settings();
    TrainSettings train = settings.train();
    SparkContext spark = context.spark().get().sparkContext();
    int executors = Workers.of(spark, OptionalInt.empty()).count();
    Workers all = Workers.of(spark, train.workers());
    int trainings = settings.architectures().size() * train.trainings();
    List<Architecture> drawn = resolved.ofAnyPhotos(DoctorJob::drawn);
    Workers ofRun = train.isOfTrials(trainings, executors) ? all.alone() : all;
    // A search leaves a network to one worker unless the settings say otherwise.
    Workers ofSearch = train.isOfTrials(1, 1) ? all.alone() : all;
    List<Group> groups = new ArrayList<>();
    groups.add(
        new Group(
            "run",
            "trainings",
            trainings,
            train.isOfTrials(trainings, executors) ? Math.min(trainings, executors) : 1,
            ofRun.toString()));
    if (!drawn.isEmpty()) {
      groups.add(
          new Group(
              "search",
              "trials",
              drawn.size(),
              train.isOfTrials(1, 1) ? Math.min(drawn.size(), executors) : 1,
              ofSearch.toString()));
    }
    int fewest = drawn.isEmpty() ? ofRun.count() : Math.min(ofRun.count(), ofSearch.count());
    return new TrainingsCheck(
        groups,
        executors,
        (ofRun.count() + executors - 1) / executors,
        sizes(settings, drawn, fewest));
  }

  /** Of networks that differ in their recipe alone, one is enough. */
  private List<Size> sizes(Settings settings, List<Architecture> drawn, int workers) {
    Map<List<Object>, Architecture> different = new LinkedHashMap<>();
    Stream.concat(settings.architectures().stream(), drawn.stream())
        .forEach(
            each ->
                different.putIfAbsent(
                    List.of(each.base(), each.layers(), each.optimizer().getClass(), each.batch()),
                    each));
    return different.values().stream().map(each -> size(each, settings, workers)).toList();
  }

  private Size size(Architecture architecture, Settings settings, int workers) {
    ImageSettings images = settings.images();
    NetworkConfiguration network =
        ModelDefinition.of(
                context,
                architecture,
                images.classCount(),
                images.height(),
                images.width(),
                settings.train().seed())
            .configuration();
    long parameters = network.parameters();
    long state = network.optimizer().stateSize(parameters);
    InputType image = InputType.convolutional(images.height(), images.width(), Rgb.CHANNELS);
    long maps = image.arrayElementsPerExample() + network.outputs(image);
    int batch = settings.train().batchOf().perWorker(architecture.batch(), workers);
    return new Size(
        architecture.name(),
        Float.BYTES * 2 * (parameters + state),
        // With the gradient, the parameters before the round, and what the layers take and give.
        Float.BYTES * (3 * parameters + state + batch * maps));
  }

  /** An executor has another working folder; what cannot be reached is left for a check to tell. */
  private String qualified(Optional<String> place) {
    try {
      return place.map(context::storage).map(Storage::toString).orElse("");
    } catch (UserException e) {
      return place.orElseThrow();
    }
  }

  /** The output is written to, and an input never is. */
  private void refuseOverlap(String images, String out) {
    Location input;
    Location output;
    try {
      input = Location.of(context.storage(images));
      output = Location.of(context.storage(out));
    } catch (UserException e) {
      return;
    }
    if (input.holds(output) || output.holds(input)) {
      throw new UserException(
          "--out %s is, holds or lies inside the input %s; choose another folder.", out, images);
    }
  }
}
