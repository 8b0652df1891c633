package io.convoy.settings;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an architecture is trained, beyond its loss and its optimizer.
 *
 * @param schedule of the learning rate
 * @param weightDecay share of a weight that an update takes off it for each unit of the learning
 *     rate, at least 0; biases and normalisations keep theirs (Loshchilov and Hutter 2019)
 * @param gradientClipping the largest Euclidean norm of the gradient by a layer's weights and
 *     biases, above which it is shortened (Pascanu et al. 2013; DL4J's {@code ClipL2PerLayer}); 0
 *     for no limit. Normalisations have none
 * @param emaDecay share of the moving average of the parameters that an epoch leaves, 0 to below 1;
 *     0 for none. What is evaluated and kept as the best is then the average (Polyak and Juditsky
 *     1992)
 * @param labelSmoothing share of each training label, 0 to below 1, that is spread evenly over the
 *     classes (Szegedy et al. 2016)
 * @param classWeights of the training examples
 * @param stopping when training ends early
 * @param best the metric of the epoch that is kept
 * @param augmentation of the training images
 * @param mixing of the training images, after their augmentation, and of their labels
 * @param resizing of the training images, after they are mixed
 * @param testTime what the network sees of an image that it predicts
 * @param calibration of the probabilities
 * @param precision of the passes
 * @param repeat of which other networks it is a repeat
 */
public record Recipe(
    Schedule schedule,
    double weightDecay,
    double gradientClipping,
    double emaDecay,
    double labelSmoothing,
    ClassWeights classWeights,
    Stopping stopping,
    Metric best,
    Augmentation augmentation,
    Mixing mixing,
    ProgressiveResizing resizing,
    TestTimeAugmentation testTime,
    ProbabilityCalibration calibration,
    RecipePrecision precision,
    Repeat repeat)
    implements Serializable {
  private static final String SCHEDULE = "schedule";
  private static final String WEIGHT_DECAY = "weight-decay";
  private static final String GRADIENT_CLIPPING = "gradient-clipping";
  private static final String EMA_DECAY = "ema-decay";
  private static final String LABEL_SMOOTHING = "label-smoothing";
  private static final String CLASS_WEIGHTS = "class-weights";
  private static final String STOP = "stop";
  private static final String BEST = "best";
  private static final String AUGMENT = "augment";
  private static final String MIX = "mix";
  static final String RESIZING = "progressive-resizing";
  private static final String TEST_TIME = "test-time-augmentation";
  private static final String CALIBRATION = "calibration";
  static final String PRECISION = "precision";
  private static final String REPEAT = "repeat";

  /** The keys of an architecture's block that a recipe is made of. */
  static final List<String> KEYS =
      List.of(
          SCHEDULE,
          WEIGHT_DECAY,
          GRADIENT_CLIPPING,
          EMA_DECAY,
          LABEL_SMOOTHING,
          CLASS_WEIGHTS,
          STOP,
          BEST,
          AUGMENT,
          MIX,
          RESIZING,
          TEST_TIME,
          CALIBRATION,
          PRECISION,
          REPEAT);

  /** Nothing of it, and the epoch of the lowest loss. */
  public static final Recipe PLAIN =
      new Recipe(
          new Schedule.Constant(0),
          0,
          0,
          0,
          0,
          ClassWeights.NONE,
          new Stopping.Never(),
          Metric.LOSS,
          Augmentation.NONE,
          Mixing.NONE,
          ProgressiveResizing.NONE,
          TestTimeAugmentation.NONE,
          ProbabilityCalibration.NONE,
          RecipePrecision.OF_THE_RUN,
          Repeat.NONE);

  /** Refuses nulls. */
  public Recipe {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(stopping, "stopping");
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(augmentation, "augmentation");
    Objects.requireNonNull(mixing, "mixing");
    Objects.requireNonNull(resizing, "resizing");
    Objects.requireNonNull(testTime, "testTime");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(repeat, "repeat");
  }

  /** Reads them; each may be left out. */
  static Recipe read(Section block) {
    return new Recipe(
        section(block, SCHEDULE).map(Schedule::read).orElse(PLAIN.schedule()),
        block
            .present(WEIGHT_DECAY)
            .map(entry -> entry.number("a number of at least 0", decay -> decay >= 0))
            .orElse(PLAIN.weightDecay()),
        block.present(GRADIENT_CLIPPING).map(Entry::positive).orElse(PLAIN.gradientClipping()),
        block
            .present(EMA_DECAY)
            .map(e -> e.number("a share of at least 0 and below 1", s -> s >= 0 && s < 1))
            .orElse(PLAIN.emaDecay()),
        block
            .present(LABEL_SMOOTHING)
            .map(e -> e.number("a share of at least 0 and below 1", s -> s >= 0 && s < 1))
            .orElse(PLAIN.labelSmoothing()),
        block
            .present(CLASS_WEIGHTS)
            .map(entry -> entry.word(ClassWeights.class))
            .orElse(PLAIN.classWeights()),
        section(block, STOP).map(Stopping.Patience::of).orElse(PLAIN.stopping()),
        block.present(BEST).map(entry -> entry.word(Metric.class)).orElse(PLAIN.best()),
        section(block, AUGMENT).map(Augmentation::read).orElse(PLAIN.augmentation()),
        section(block, MIX).map(Mixing::read).orElse(PLAIN.mixing()),
        section(block, RESIZING).map(ProgressiveResizing::read).orElse(PLAIN.resizing()),
        block
            .present(TEST_TIME)
            .map(entry -> entry.word(TestTimeAugmentation.class))
            .orElse(PLAIN.testTime()),
        block
            .present(CALIBRATION)
            .map(entry -> entry.word(ProbabilityCalibration.class))
            .orElse(PLAIN.calibration()),
        block.present(PRECISION).map(RecipePrecision::read).orElse(PLAIN.precision()),
        section(block, REPEAT).map(Repeat::read).orElse(PLAIN.repeat()));
  }

  Recipe with(Repeat other) {
    return new Recipe(
        schedule,
        weightDecay,
        gradientClipping,
        emaDecay,
        labelSmoothing,
        classWeights,
        stopping,
        best,
        augmentation,
        mixing,
        resizing,
        testTime,
        calibration,
        precision,
        other);
  }

  private static Optional<Section> section(Section block, String key) {
    return block.present(key).map(entry -> entry.section(entry.name() + "."));
  }

  /** The lines of an architecture's block; none for what is as if left out. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!schedule.equals(PLAIN.schedule())) {
      lines.add("schedule { " + schedule.hocon() + " }");
    }
    if (weightDecay != PLAIN.weightDecay()) {
      lines.add("weight-decay = " + weightDecay);
    }
    if (gradientClipping != PLAIN.gradientClipping()) {
      lines.add("gradient-clipping = " + gradientClipping);
    }
    if (emaDecay != PLAIN.emaDecay()) {
      lines.add("ema-decay = " + emaDecay);
    }
    if (labelSmoothing != PLAIN.labelSmoothing()) {
      lines.add("label-smoothing = " + labelSmoothing);
    }
    if (classWeights != PLAIN.classWeights()) {
      lines.add("class-weights = " + Entry.word(classWeights));
    }
    stopping.patient().ifPresent(stop -> lines.add("stop { " + stop.hocon() + " }"));
    if (best != PLAIN.best()) {
      lines.add("best = " + Entry.word(best));
    }
    if (!augmentation.equals(PLAIN.augmentation())) {
      lines.add("augment { " + augmentation.hocon() + " }");
    }
    if (!mixing.equals(PLAIN.mixing())) {
      lines.add("mix { " + mixing.hocon() + " }");
    }
    if (!resizing.equals(PLAIN.resizing())) {
      lines.add("progressive-resizing { " + resizing.hocon() + " }");
    }
    if (testTime != PLAIN.testTime()) {
      lines.add("test-time-augmentation = " + Entry.word(testTime));
    }
    if (calibration != PLAIN.calibration()) {
      lines.add("calibration = " + Entry.word(calibration));
    }
    if (precision != PLAIN.precision()) {
      lines.add("precision = " + Entry.word(precision));
    }
    repeat.repeated().ifPresent(of -> lines.add("repeat { " + repeat.hocon() + " }"));
    return lines;
  }
}
