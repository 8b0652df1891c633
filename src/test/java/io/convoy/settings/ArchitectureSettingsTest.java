package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.settings.Augmentation.Range;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a conf says of an architecture, part by part. */
class ArchitectureSettingsTest {
  private static Settings load(String text) {
    return new SettingsLoader().load(text, "my.conf", Map.of()).settings();
  }

  private static Architecture architecture(Settings settings, String name) {
    return settings.select(List.of(name)).architectures().get(0);
  }

  private static Mixing mixing(String block) {
    return architecture(load("architectures.mlp.mix { " + block + " }"), "mlp").recipe().mixing();
  }

  private static Schedule schedule(String name) {
    return architecture(load("architectures.mlp.schedule { name = " + name + " }"), "mlp")
        .recipe()
        .schedule();
  }

  private static Optimizer optimizer(String name) {
    return architecture(
            load("architectures.mlp.optimizer { learning-rate = 1, name = " + name + " }"), "mlp")
        .optimizer();
  }

  private static Augmentation augmentation(String block) {
    return architecture(load("architectures.mlp.augment {\n" + block + "\n}"), "mlp")
        .recipe()
        .augmentation();
  }

  private static Section block(String text) {
    return new Section("block", "", Hocon.parse(text, "block").root());
  }

  private static Set<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses())
            .flatMap(each -> kinds(each).stream())
            .collect(Collectors.toSet())
        : Set.of(type);
  }

  private static Set<Class<?>> classes(List<?> values) {
    return values.stream().map(Object::getClass).collect(Collectors.toSet());
  }

  @Test
  void everyLayerOptionIsRead() {
    Settings settings =
        load(
            """
            architectures.full = ${architectures.mlp} { layers = [
              { conv = 8, kernel = [3, 5], stride = [1, 2], padding = same, activation = leaky-relu }
              { pool = average, kernel = [2, 3] }
              { pool = max, kernel = 3, stride = 1 }
              { dropout = 0.25 }
              { dense = 4, activation = tanh }
            ] }
            """);
    assertEquals(
        List.of(
            new Layer.Convolution(8, 3, 5, 1, 2, Padding.SAME, Activation.LEAKY_RELU),
            new Layer.Pooling(PoolingKind.AVERAGE, 2, 3, 2, 3),
            new Layer.Pooling(PoolingKind.MAX, 3, 3, 1, 1),
            new Layer.Dropout(0.25),
            new Layer.Dense(4, Activation.TANH)),
        architecture(settings, "full").layers());
  }

  @Test
  void everyOptimizerIsRead() {
    assertEquals(
        new Optimizer.Adam(1, 0.5, 0, 0.1),
        optimizer("adam, beta1 = 0.5, beta2 = 0, epsilon = 0.1"));
    assertEquals(new Optimizer.Nesterov(1, 0.9), optimizer("nesterov"));
    assertEquals(new Optimizer.Nesterov(1, 0.5), optimizer("nesterov, momentum = 0.5"));
    assertEquals(new Optimizer.Sgd(1), optimizer("sgd"));
  }

  @Test
  void anArchitectureWithoutARecipeHasThePlainOne() {
    assertEquals(Recipe.PLAIN, architecture(load(""), "mlp").recipe());
  }

  @Test
  void aWholeRecipeIsRead() {
    String keys =
        """
        architectures.mlp {
          schedule { name = cosine, warm-up-epochs = 1.5, end = 0.01 }
          weight-decay = 5e-4
          gradient-clipping = 2
          ema-decay = 0.9
          label-smoothing = 0.1
          class-weights = balanced
          stop { metric = auc, patience = 8 }
          best = accuracy
          mix { mixup = 0.2, cutmix = 1, probability = 0.5 }
          progressive-resizing { from = 0.5, to = 0.8, until = 0.75 }
          test-time-augmentation = mirror
          calibration = temperature
        }
        """;
    assertEquals(
        new Recipe(
            new Schedule.Cosine(1.5, 0.01),
            5e-4,
            2,
            0.9,
            0.1,
            ClassWeights.BALANCED,
            new Stopping.Patience(Metric.AUC, 8),
            Metric.ACCURACY,
            Augmentation.NONE,
            new Mixing(0.2, 1, 0.5),
            new ProgressiveResizing(0.5, 0.8, 0.75),
            TestTimeAugmentation.MIRROR,
            ProbabilityCalibration.TEMPERATURE,
            RecipePrecision.OF_THE_RUN,
            Repeat.NONE),
        architecture(load(keys), "mlp").recipe());
  }

  @Test
  void whatMixingLeavesOutIsOffAndAllExamplesAreMixed() {
    assertEquals(new Mixing(0, 1, 1), mixing("cutmix = 1"));
    assertEquals(new Mixing(0.2, 0, 1), mixing("mixup = 0.2"));
    assertEquals(Mixing.NONE, mixing("mixup = 0"));
    // The share may be that of a base.
    assertEquals(Mixing.NONE, mixing("mixup = 0, cutmix = 0, probability = 0.5"));
  }

  @Test
  void everyScheduleIsRead() {
    assertEquals(new Schedule.Constant(0), schedule("constant"));
    assertEquals(new Schedule.Constant(2), schedule("constant, warm-up-epochs = 2"));
    assertEquals(new Schedule.Step(0, 3, 0.1), schedule("step, every-epochs = 3, factor = 0.1"));
    assertEquals(new Schedule.Cosine(0, 0), schedule("cosine"));
    assertEquals(new Schedule.OneCycle(0.3, 0.04, 0), schedule("one-cycle"));
  }

  @Test
  void nullTakesBackAPartOfARecipe() {
    String text =
        """
        architectures.mlp { stop { metric = loss, patience = 2 }, weight-decay = 1 }
        architectures.mlp { stop = null, weight-decay = null }
        """;
    assertEquals(Recipe.PLAIN, architecture(load(text), "mlp").recipe());
  }

  @Test
  void everyAugmentationIsRead() {
    assertEquals(
        new Augmentation(
            true,
            new Range(0.7, 1),
            new Range(0.8, 1.25),
            10,
            0.2,
            0.3,
            0.4,
            0.1,
            0.25,
            0.75,
            0.1,
            0.5),
        augmentation(
            """
            flip = true, crop-scale = [0.7, 1], aspect = [0.8, 1.25], rotation = 10
            brightness = 0.2, contrast = 0.3, saturation = 0.4, hue = 0.1
            cutout = 0.25, cutout-probability = 0.75, shift = 0.1, trivial-augment = 0.5
            """));
  }

  @Test
  void whatAnAugmentationLeavesOutIsOff() {
    assertEquals(Augmentation.NONE, augmentation(""));
    assertEquals(Augmentation.NONE, augmentation("flip = false, rotation = 0, cutout = null"));
    assertEquals(0.5, augmentation("cutout = 0.25").cutoutProbability());
  }

  @Test
  void anAugmentationThatIsCopiedCanBeTakenBack() {
    Settings settings =
        load(
            """
            architectures.a = ${architectures.mlp} { augment { flip = true } }
            architectures.b = ${architectures.a} { augment = null }
            """);
    assertTrue(architecture(settings, "a").recipe().augmentation().flip());
    assertEquals(Augmentation.NONE, architecture(settings, "b").recipe().augmentation());
  }

  @Test
  void theResolvedTextHasTheAugmentation() {
    for (String block :
        List.of("flip = true", "crop-scale = [0.5, 0.9], cutout = 0.3, hue = 1e-5")) {
      ResolvedSettings first =
          new SettingsLoader()
              .load("architectures.mlp.augment { " + block + " }", "my.conf", Map.of());
      SettingsLoaderTest.assertItsTextGivesIt(first);
    }
  }

  @Test
  void aNetworkMayBeginWithASavedOne() {
    String base =
        "architectures.mlp { base { model = \"/models/a b.zip\", keep = 3 }, layers = [] }";
    ResolvedSettings first = new SettingsLoader().load(base, "my.conf", Map.of());
    assertEquals(
        new Base.Saved("/models/a b.zip", "3", "all"),
        architecture(first.settings(), "mlp").base());
    SettingsLoaderTest.assertItsTextGivesIt(first);
    assertEquals(
        new Base.None(),
        architecture(load(base + ", architectures.mlp.base = null"), "mlp").base());
  }

  @Test
  void aNetworkMayBeginWithAnOnnxFile() {
    String base = "architectures.mlp { base { onnx = \"a b.onnx\", freeze = 0 }, layers = [] }";
    ResolvedSettings first = new SettingsLoader().load(base, "my.conf", Map.of());
    assertEquals(
        new Base.Onnx(
            "a b.onnx", "all", "0", List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
        architecture(first.settings(), "mlp").base());
    SettingsLoaderTest.assertItsTextGivesIt(first);
    ResolvedSettings other =
        new SettingsLoader()
            .load(
                base,
                "my.conf",
                Map.of(
                    "architectures.mlp.base.mean", "[0.5, 0, 1]",
                    "architectures.mlp.base.deviation", "[0.00392157, 1, 2]",
                    "architectures.mlp.base.keep", "/layer1/Relu"));
    assertEquals(
        new Base.Onnx(
            "a b.onnx", "/layer1/Relu", "0", List.of(0.5, 0.0, 1.0), List.of(0.00392157, 1.0, 2.0)),
        architecture(other.settings(), "mlp").base());
    SettingsLoaderTest.assertItsTextGivesIt(other);
  }

  @Test
  void everyOptimizerIsReadAsItIsWritten() {
    Optimizers.all().forEach(each -> assertEquals(each, Optimizer.read(block(each.hocon()))));
  }

  @Test
  void everyScheduleIsReadAsItIsWritten() {
    List<Schedule> all =
        List.of(
            new Schedule.Constant(1),
            new Schedule.Step(2, 3, 0.4),
            new Schedule.Cosine(5, 0.6),
            new Schedule.OneCycle(0.2, 0.1, 0));
    assertEquals(kinds(Schedule.class), classes(all));
    all.forEach(each -> assertEquals(each, Schedule.read(block(each.hocon()))));
  }

  @Test
  void everyLayerIsReadAsItIsWritten() {
    Layer norm = new Layer.BatchNormalization(0.8, Activation.TANH);
    List<Layer> all =
        List.of(
            new Layer.Convolution(1, 2, 3, 4, 5, Padding.SAME, Activation.ELU),
            new Layer.SeparableConvolution(5, 4, 3, 2, 1, Padding.NONE, Activation.SIGMOID),
            new Layer.GroupedConvolution(8, 4, 3, 2, 1, 2, Padding.SAME, Activation.SWISH),
            new Layer.DepthwiseConvolution(4, 3, 2, 1, Padding.SAME, Activation.GELU),
            norm,
            new Layer.Pooling(PoolingKind.AVERAGE, 1, 2, 3, 4),
            new Layer.GlobalPooling(PoolingKind.MAX),
            new Layer.Residual(List.of(norm, norm), Activation.IDENTITY),
            new Layer.Residual(List.of(norm), 0.3, Activation.RELU),
            new Layer.SqueezeExcitation(8, Activation.SWISH),
            new Layer.LayerNormalization(1e-6, Activation.IDENTITY),
            new Layer.Dense(7, Activation.LEAKY_RELU),
            new Layer.Dropout(0.9),
            new Layer.Whitening(1, 2, 3, 4));
    assertEquals(kinds(Layer.class), classes(all));
    all.forEach(
        each -> assertEquals(each, LayerReader.read(new Entry("a", block(each.hocon()).object()))));
  }
}
