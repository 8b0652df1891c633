package io.convoy.page;

import io.convoy.evaluate.ConfusionMatrix;
import io.convoy.evaluate.HardExamples.Example;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.TemperatureScaling;
import io.convoy.image.ImageSize;
import io.convoy.page.ArchitecturePage.ConfusedPair;
import io.convoy.page.ArchitecturePage.Gallery;
import io.convoy.page.ArchitecturePage.Heat;
import io.convoy.page.ArchitecturePage.Picture;
import io.convoy.page.ArchitecturePage.Shown;
import io.convoy.page.ArchitecturePage.SplitCurves;
import io.convoy.page.RunPage.Data;
import io.convoy.page.RunPage.Experiments;
import io.convoy.page.RunPage.HeldOut;
import io.convoy.page.RunPage.Origin;
import io.convoy.page.RunPage.Origin.Fact;
import io.convoy.page.RunPage.Photos;
import io.convoy.page.RunPage.State;
import io.convoy.page.RunPage.Survey;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochSummary;
import io.convoy.report.SavedTables.RejectedFile;
import io.convoy.report.SavedTables.RejectedFiles;
import io.convoy.report.SplitResult;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Made-up runs. */
final class SampleRuns {
  static final Predictions GOOD =
      new Predictions(2, new float[] {0.9f, 0.75f, 0.55f, 0.1f}, new int[] {1, 1, 0, 0});
  static final Predictions NONE = Predictions.none(2);
  static final Predictions DIVERGED =
      new Predictions(2, new float[] {Float.NaN, 0.6f}, new int[] {1, 0});

  /** 94 of 100 photos are classified correctly. */
  static final Predictions MANY = predictions(i -> i % 20 == 0 ? 0.4f : 0.9f);

  /** Better than a constant by its ranks and its error, which is just below 0.25. */
  static final Predictions WEAK = predictions(i -> i % 5 == 0 ? 0.49f : 0.51f);

  /** The same for all photos, and with a lower error than {@link #WEAK}. */
  static final Predictions CONSTANT = new Predictions(2, constant(0.5f), labels());

  private static final int PHOTOS = 100;

  private SampleRuns() {}

  private static int[] labels() {
    return IntStream.range(0, PHOTOS).map(i -> i % 2).toArray();
  }

  private static float[] constant(float probability) {
    float[] all = new float[PHOTOS];
    Arrays.fill(all, probability);
    return all;
  }

  /** Of photos whose classes take turns; the figure is the probability of the true class. */
  private static Predictions predictions(IntToDoubleFunction ofTruth) {
    float[] probabilities = new float[PHOTOS];
    int[] labels = labels();
    for (int i = 0; i < PHOTOS; i++) {
      double truth = ofTruth.applyAsDouble(i / 2);
      probabilities[i] = (float) (labels[i] == 1 ? truth : 1 - truth);
    }
    return new Predictions(2, probabilities, labels);
  }

  /** A run of cats and dogs on other photos than those of {@link #of}. */
  static RunPage measuredOn(
      String name, String folder, long fingerprint, ArchitecturePage... architectures) {
    RunPage run = of(name, architectures);
    Data data =
        new Data(
            Optional.of(folder),
            Optional.of("content " + fingerprint),
            100,
            Map.of("validation", new HeldOut(4, fingerprint)));
    return new RunPage(
        name,
        run.place(),
        run.state(),
        run.classes(),
        data,
        run.architectures(),
        run.photos(),
        run.rejected(),
        run.origin(),
        run.experiments());
  }

  /** A run of cats and dogs with a conf of its own. */
  static RunPage withConf(String name, String conf, ArchitecturePage... architectures) {
    RunPage run = of(name, architectures);
    return new RunPage(
        name,
        run.place(),
        run.state(),
        run.classes(),
        run.data(),
        run.architectures(),
        run.photos(),
        run.rejected(),
        new Origin(List.of(), Optional.empty(), conf, Optional.empty()),
        run.experiments());
  }

  /** A run whose every name is the text. */
  static RunPage named(String text) {
    return new RunPage(
        text,
        text,
        State.UNFINISHED,
        List.of("not " + text, text),
        new Data(Optional.of(text), Optional.of(text), 100, Map.of()),
        List.of(
            architecture(
                text, GOOD, NONE, new Shown(new Example(text, 0, 0.55), Picture.missing(text)))),
        Photos.missing(text),
        new RejectedFiles(1, List.of(new RejectedFile(text, text, text))),
        new Origin(List.of(new Fact(text, text)), Optional.of(text), text, Optional.of(text)),
        Experiments.NONE);
  }

  /** A run of cats and dogs. */
  static RunPage of(String name, ArchitecturePage... architectures) {
    return of(name, Experiments.NONE, architectures);
  }

  /** A run of cats and dogs with trials or repeats. */
  static RunPage of(String name, Experiments experiments, ArchitecturePage... architectures) {
    return new RunPage(
        name,
        "/runs/" + name,
        State.FINISHED,
        List.of("dog", "cat"),
        new Data(
            Optional.of("/photos"),
            Optional.of("abc"),
            100,
            Map.of("validation", new HeldOut(4, 12345))),
        List.of(architectures),
        Photos.of(
            new Survey(
                new ImageSize(94, 125),
                List.of(
                    new Survey.SplitSize("train", List.of(5, 6)),
                    new Survey.SplitSize("validation", List.of(2, 2)),
                    new Survey.SplitSize("test", List.of(0, 0))),
                List.of(new Survey.ShapeCount(new ImageSize(375, 500), 15)),
                1)),
        new RejectedFiles(0, List.of()),
        new Origin(List.of(), Optional.empty(), "train {}", Optional.empty()),
        experiments);
  }

  static ArchitecturePage architecture(
      String name, Predictions validation, Predictions test, Shown... mistakes) {
    SplitResult validated = SplitResult.ofValidation(validation);
    return new ArchitecturePage(
        name,
        Optional.of(
            new ArchitectureResult(
                new Architecture(
                    name,
                    List.of(new Layer.Dense(1024, Activation.RELU)),
                    Loss.MSE,
                    new Optimizer.Sgd(0.01),
                    32,
                    5),
                1_234_567,
                4_567_890,
                100,
                2,
                1,
                1,
                16,
                4.0,
                0.002,
                validated,
                SplitResult.ofTest(test, validated),
                TemperatureScaling.UNKNOWN,
                Optional.empty())),
        List.of(
            new EpochSummary(
                name, 1, 0.3, validated.metrics().mse(), validated.metrics().accuracy(), 4.0),
            new EpochSummary(name, 2, null, null, null, 4.0)),
        Map.of("validation", validation, "test", test),
        validation.images() == 0 ? List.of() : List.of(SplitCurves.of("validation", validation)),
        Optional.of(new Gallery("validation", 0.6, List.of(mistakes), List.of(), List.of())),
        Optional.of(KernelMosaic.of(1, 1, 1, new float[] {1, 0, -1})));
  }

  /** A run of classes that are named by their labels. */
  static RunPage ofClasses(int classes, ArchitecturePage... architectures) {
    RunPage run = of("run", architectures);
    return new RunPage(
        "run",
        run.place(),
        run.state(),
        IntStream.range(0, classes).mapToObj("class-%03d"::formatted).toList(),
        run.data(),
        run.architectures(),
        Photos.missing("The data set is made up."),
        run.rejected(),
        run.origin(),
        run.experiments());
  }

  /** Predictions of made-up photos: classes whose labels are near are confused with one another. */
  static Predictions ofClasses(int classes, int photos, long seed) {
    Random random = new Random(seed);
    Predictions.Builder builder = new Predictions.Builder(classes);
    for (int photo = 0; photo < photos; photo++) {
      int label = photo % classes;
      float[] outputs = new float[classes];
      double sum = 0;
      for (int other = 0; other < classes; other++) {
        double near = other == label ? 4 : other / 3 == label / 3 ? 2.5 : 0;
        outputs[other] = (float) Math.exp(near + 1.2 * random.nextGaussian());
        sum += outputs[other];
      }
      for (int other = 0; other < classes; other++) {
        outputs[other] /= (float) sum;
      }
      builder.add(outputs, label);
    }
    return builder.build();
  }

  /** An architecture with photos of its worst pairs of classes. */
  static ArchitecturePage ofPairs(String name, Predictions validation, byte[] jpeg, byte[] heat) {
    ArchitecturePage page = architecture(name, validation, Predictions.none(validation.classes()));
    List<ConfusedPair> pairs =
        ConfusionMatrix.of(validation).mistakes().stream()
            .limit(8)
            .map(
                pair ->
                    new ConfusedPair(
                        pair,
                        List.of(
                            new Shown(
                                new Example("folder/photo.jpg", pair.actual(), 0.9),
                                Picture.of(jpeg),
                                Optional.of(new Heat(Optional.of(heat)))))))
            .toList();
    return new ArchitecturePage(
        name,
        page.result(),
        page.epochs(),
        page.predictions(),
        page.splits(),
        Optional.of(new Gallery("validation", 0.5, List.of(), List.of(), pairs)),
        page.kernels());
  }

  /** An architecture that has trained an epoch and is not done. */
  static ArchitecturePage inTraining(String name) {
    return new ArchitecturePage(
        name,
        Optional.empty(),
        List.of(new EpochSummary(name, 1, 0.3, 0.4, 0.5, 4.0)),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
