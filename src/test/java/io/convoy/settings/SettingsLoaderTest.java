package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.settings.Augmentation.Range;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
  private static final List<String> TUTORIAL =
      List.of("mlp", "conv24", "conv48x2", "conv128x2", "conv64-128");
  private static final List<String> ALL =
      Stream.concat(TUTORIAL.stream(), Stream.of("modern")).toList();
  private static final String BLOCK =
      " { layers = [], loss = mse, optimizer { name = sgd, learning-rate = 1 }, batch = 1, epochs = 1 }\n";

  private static Settings load(String text) {
    return new SettingsLoader().load(text, "my.conf", Map.of()).settings();
  }

  private static List<String> names(Settings settings) {
    return settings.architectures().stream().map(Architecture::name).toList();
  }

  private static Architecture architecture(Settings settings, String name) {
    return settings.select(List.of(name)).architectures().get(0);
  }

  private static void assertItsTextGivesIt(ResolvedSettings resolved) {
    ResolvedSettings again = new SettingsLoader().load(resolved.hocon(), "run.conf", Map.of());
    assertEquals(resolved.settings(), again.settings());
    assertEquals(resolved.hocon(), again.hocon());
  }

  @Test
  void anEmptyConfGivesTheDefaults() {
    Settings settings = load("");
    assertEquals(
        new ImageSettings(
            94, 125, List.of(), LabelRule.FILE_NAME_OR_FOLDER, 100_000_000L, 64L << 20, 0.01),
        settings.images());
    assertEquals(new SplitWay.ByShares(0.70, 0.15, 0.15), settings.split().way());
    assertEquals(
        new TrainSettings(
            1,
            1,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(Precision.FLOAT32),
            BatchOf.WORKER,
            Optional.empty(),
            Optional.empty(),
            UpdaterState.KEPT,
            0),
        settings.train());
    assertEquals(ALL, names(settings));
  }

  @Test
  void theDefaultsHoldTheTutorialsSecondNetwork() {
    assertEquals(
        new Architecture(
            "conv24",
            List.of(
                new Layer.Convolution(24, 3, 3, 1, 1, Padding.NONE, Activation.RELU),
                new Layer.Pooling(PoolingKind.MAX, 2, 2, 2, 2),
                new Layer.Dense(128, Activation.RELU),
                new Layer.Dense(128, Activation.RELU)),
            Loss.CROSS_ENTROPY,
            new Optimizer.Adam(1e-4, 0.9, 0.999, 1e-8),
            32,
            5),
        architecture(load(""), "conv24"));
  }

  @Test
  void theDefaultsHoldTheTutorialsBatchesAndEpochs() {
    Settings settings = load("").select(TUTORIAL);
    assertEquals(
        List.of(32, 32, 64, 64, 64),
        settings.architectures().stream().map(Architecture::batch).toList());
    assertEquals(
        List.of(10, 5, 15, 13, 6),
        settings.architectures().stream().map(Architecture::epochs).toList());
  }

  @Test
  void theFileGoesOverTheDefaults() {
    ImageSettings images = load("images.height = 47").images();
    assertEquals(47, images.height());
    assertEquals(125, images.width());
  }

  @ParameterizedTest
  @CsvSource({
    "375, 500, 94, 125",
    "32, 32, 32, 32",
    "80, 500, 80, 125",
    "94, 125, 94, 125",
    "8, 40, 16, 40"
  })
  void imagesThatAreLeftToThePhotosAreNoLargerThanThese(
      int photoHeight, int photoWidth, int height, int width) {
    ResolvedSettings resolved =
        new SettingsLoader()
            .load("", "my.conf", Map.of())
            .forPhotos(TrainingPhotos.OF_THE_TUTORIAL.ofSize(photoHeight, photoWidth));
    assertEquals(height, resolved.settings().images().height());
    assertEquals(width, resolved.settings().images().width());
  }

  @Test
  void aConfSaysHowLargeImagesAreThatAreLeftToThePhotos() {
    ImageSettings images =
        load("images { height = auto, width = auto, max-height = 120, max-width = 160 }").images();
    assertEquals(120, images.height());
    assertEquals(160, images.width());
  }

  @Test
  void aSideThatIsGivenIsNotSaidToGoByThePhotos() {
    ResolvedSettings given =
        new SettingsLoader()
            .load("defaults = [mlp], images.height = 64", "my.conf", Map.of())
            .forPhotos(TrainingPhotos.OF_THE_TUTORIAL);
    assertEquals(List.of(), given.choices());
    assertTrue(given.size().leavesSide());
    assertEquals(Optional.of(64), given.size().height());
  }

  @Test
  void smallPhotosAreSaidToDecideTheSizeUnlessItIsGiven() {
    TrainingPhotos small = TrainingPhotos.OF_THE_TUTORIAL.ofSize(32, 32);
    ResolvedSettings left = new SettingsLoader().load("defaults = [mlp]", "my.conf", Map.of());
    assertEquals(
        List.of(
            "images.height and images.width: 32 x 32, as the photos show no more than 32 x 32 in the median"),
        left.forPhotos(small).choices());
    assertEquals(List.of(), left.choices());
    assertTrue(left.size().leavesSide());
    ResolvedSettings given =
        new SettingsLoader()
            .load("defaults = [mlp], images { height = 40, width = 40 }", "my.conf", Map.of())
            .forPhotos(small);
    assertEquals(40, given.settings().images().height());
    assertFalse(given.size().leavesSide());
    assertEquals(List.of(), given.choices());
  }

  @Test
  void theCommandLineGoesOverTheFile() {
    Settings settings =
        new SettingsLoader()
            .load("images.height = 47", "my.conf", Map.of("images.height", "50"))
            .settings();
    assertEquals(50, settings.images().height());
  }

  @Test
  void theLaterOfTwoOverridesWins() {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("images.height", "50");
    overrides.put("images", "{ height = 51 }");
    assertEquals(51, new SettingsLoader().load("", "none", overrides).settings().images().height());
  }

  @Test
  void anOverrideMayBeAList() {
    Settings settings =
        new SettingsLoader().load("", "none", Map.of("images.classes", "[owl, fox]")).settings();
    assertEquals(List.of("owl", "fox"), settings.images().classes());
  }

  @Test
  void aClassMayBeNamedLikeANumber() {
    assertEquals(List.of("1e5", "01"), load("images.classes = [1e5, 01]").images().classes());
  }

  @Test
  void aClassMayBeCalledAnythingThatAFolderMay() {
    assertEquals(
        List.of("Hot Dog, \"<b>\"", "猫"),
        load("images.classes = [\"Hot Dog, \\\"<b>\\\"\", 猫]").images().classes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file-name", "folder", "file-name-or-folder"})
  void eachLabelRuleIsRead(String word) {
    assertEquals(word, Entry.word(load("images.label-rule = " + word).images().labelRule()));
  }

  @Test
  void aSplitByCountsIsRead() {
    assertEquals(
        new SplitWay.ByCounts(10, 0),
        load("split { by = counts, counts { train = 10, validation = 0 } }").split().way());
  }

  @Test
  void trainingIsRead() {
    assertEquals(
        new TrainSettings(
            -7,
            1,
            OptionalInt.empty(),
            OptionalInt.of(3),
            Optional.empty(),
            Optional.of(Precision.FLOAT32),
            BatchOf.ALL_WORKERS,
            Optional.of(AveragingFrequency.always(5)),
            Optional.empty(),
            UpdaterState.AVERAGED,
            0),
        load("train { seed = -7, workers = 3, batch-of = all-workers, averaging-frequency = 5\n"
                + "average-updater-state = true }")
            .train());
  }

  @Test
  void repeatsAndFoldsAreTrainingsOfTheirOwn() {
    Settings repeated =
        load("train { seed = 4, repeats = 2, folds = 3 }")
            .select(List.of("mlp", "conv24"))
            .repeated();

    assertEquals(
        List.of("mlp-1-fold1", "mlp-1-fold2", "mlp-1-fold3", "mlp-2-fold1"),
        names(repeated).subList(0, 4));
    assertEquals(12, repeated.architectures().size());
    assertEquals(
        new Repeat("mlp", 5, new Repeat.Fold(1, 3)),
        repeated.architectures().get(3).recipe().repeat());
    assertEquals("mlp-2", repeated.architectures().get(3).ofAllFolds().name());
    assertEquals(repeated, load(repeated.hocon()).select(names(repeated)));
  }

  @Test
  void foldsAloneHaveTheSeedOfTheRun() {
    Settings folded = load("train { seed = 4, folds = 2 }").select(List.of("mlp")).repeated();

    assertEquals(List.of("mlp-fold1", "mlp-fold2"), names(folded));
    assertEquals(
        new Repeat("mlp", 4, new Repeat.Fold(2, 2)),
        folded.architectures().get(1).recipe().repeat());
  }

  @Test
  void theAveragingFrequencyMayComeInStages() {
    AveragingFrequency frequency =
        load("train.averaging-frequency = [{ until-epoch = 2, minibatches = 8 }\n"
                + "{ until-epoch = 3, minibatches = 16 }, { minibatches = 64 }]")
            .train()
            .averagingFrequency()
            .orElseThrow();
    assertEquals(
        List.of(8, 8, 16, 64, 64),
        IntStream.rangeClosed(1, 5).mapToObj(frequency::minibatches).toList());
    assertEquals(64, frequency.atLast());
  }

  @Test
  void oneStageIsANumber() {
    assertEquals(
        Optional.of(AveragingFrequency.always(8)),
        load("train.averaging-frequency = [{ minibatches = 8 }]").train().averagingFrequency());
  }

  @Test
  void theAveragingFrequencyOfAConfCanBeLeftOpenOnTheCommandLine() {
    Settings settings =
        new SettingsLoader()
            .load(
                "train.averaging-frequency = 8",
                "my.conf",
                Map.of("train.averaging-frequency", "auto"))
            .settings();
    assertEquals(Optional.empty(), settings.train().averagingFrequency());
    assertEquals(AveragingFrequency.BASE, settings.train().usualFrequency());
  }

  @Test
  void theOuterMomentumIsRead() {
    assertEquals(
        Optional.of(new OuterMomentum(0.5, 1.5)),
        load("train.outer { momentum = 0.5, learning-rate = 1.5 }").train().outer());
    assertEquals(Optional.of(new OuterMomentum(0.9, 0.7)), load("train.outer {}").train().outer());
  }

  @Test
  void theOuterMomentumOfTheFileCanBeTurnedOffOnTheCommandLine() {
    Settings settings =
        new SettingsLoader()
            .load("train.outer { momentum = 0.5 }", "my.conf", Map.of("train.outer", "none"))
            .settings();
    assertEquals(Optional.empty(), settings.train().outer());
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

  private static Mixing mixing(String block) {
    return architecture(load("architectures.mlp.mix { " + block + " }"), "mlp").recipe().mixing();
  }

  @Test
  void everyScheduleIsRead() {
    assertEquals(new Schedule.Constant(0), schedule("constant"));
    assertEquals(new Schedule.Constant(2), schedule("constant, warm-up-epochs = 2"));
    assertEquals(new Schedule.Step(0, 3, 0.1), schedule("step, every-epochs = 3, factor = 0.1"));
    assertEquals(new Schedule.Cosine(0, 0), schedule("cosine"));
    assertEquals(new Schedule.OneCycle(0.3, 0.04, 0), schedule("one-cycle"));
  }

  private static Schedule schedule(String name) {
    return architecture(load("architectures.mlp.schedule { name = " + name + " }"), "mlp")
        .recipe()
        .schedule();
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

  private static Optimizer optimizer(String name) {
    return architecture(
            load("architectures.mlp.optimizer { learning-rate = 1, name = " + name + " }"), "mlp")
        .optimizer();
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
      assertItsTextGivesIt(first);
    }
  }

  private static Augmentation augmentation(String block) {
    return architecture(load("architectures.mlp.augment {\n" + block + "\n}"), "mlp")
        .recipe()
        .augmentation();
  }

  @Test
  void nullRemovesAnArchitecture() {
    assertEquals(ALL.subList(1, 6), names(load("architectures.mlp = null")));
  }

  @Test
  void aConfThatNamesArchitecturesTrainsThose() {
    assertEquals(List.of("own"), names(load("architectures.own" + BLOCK)));
    assertEquals(List.of("conv24"), names(load("architectures.conv24.epochs = 2")));
  }

  @Test
  void theDefaultsAreTrainedBesidesWhereTheyAreAskedFor() {
    assertEquals(
        List.of("mlp", "conv48x2", "own"),
        names(load("defaults = [conv48x2, mlp], architectures.own" + BLOCK)));
    assertEquals(List.of("mlp", "conv48x2"), names(load("defaults = [conv48x2, mlp]")));
  }

  @Test
  void theCommandLineChangesAnArchitectureAndChoosesNone() {
    Settings settings =
        new SettingsLoader()
            .load("", "my.conf", Map.of("architectures.conv24.epochs", "3"))
            .settings();
    assertEquals(ALL, names(settings));
    assertEquals(3, architecture(settings, "conv24").epochs());
  }

  @Test
  void aNewArchitectureOfTheCommandLineIsTrainedAsOneOfTheFile() {
    assertEquals(
        List.of("elk"),
        names(
            new SettingsLoader()
                .load("", "my.conf", Map.of("architectures.elk", BLOCK.strip()))
                .settings()));
  }

  @Test
  void nullBeforeABlockRemovesTheDefaults() {
    assertEquals(
        List.of("own"), names(load("architectures = null\narchitectures { own" + BLOCK + "}")));
  }

  @Test
  void anArchitectureOfTheFileCanBeRemovedOnTheCommandLine() {
    Settings settings =
        new SettingsLoader()
            .load("architectures.own" + BLOCK, "my.conf", Map.of("architectures.own", "null"))
            .settings();
    assertEquals(ALL, names(settings));
  }

  @Test
  void architecturesComeInTheOrderOfTheFiles() {
    String text =
        "architectures { zebra" + BLOCK + "mlp.epochs = 1\nyak" + BLOCK + "ape" + BLOCK + "}\n";
    assertEquals(
        List.of("mlp", "zebra", "yak", "ape", "elk"),
        names(
            new SettingsLoader()
                .load(text, "my.conf", Map.of("architectures.elk", BLOCK.strip()))
                .settings()));
  }

  @Test
  void copiesOfAnArchitectureKeepTheirPlaceInTheFile() {
    String text =
        """
        architectures.z = ${architectures.mlp}
        architectures.b = ${architectures.mlp} { epochs = 2 }
        architectures.a = ${architectures.mlp}
        """;
    assertEquals(List.of("z", "b", "a"), names(load(text)));
  }

  @Test
  void architecturesOfASubstitutedBlockFollowByAlphabet() {
    String text = "architectures = ${?NO_SUCH}\narchitectures { z" + BLOCK + "b" + BLOCK + "}\n";
    assertEquals(List.of("b", "z"), names(load(text)));
  }

  @Test
  void theResolvedTextGivesEqualSettings() {
    String text =
        """
        defaults = [conv24, mlp]
        images { classes = ["1e5", true], max-rejected = 0.123456789, label-rule = folder }
        split { by = counts, counts { train = 7, validation = 8 } }
        train { seed = 99, workers = 2, batch-of = all-workers, average-updater-state = true
          averaging-frequency = [{ until-epoch = 2, minibatches = 8 }, { minibatches = 64 }]
          outer { learning-rate = 0.123456789 } }
        architectures {
          conv24 = null
          "zoo.1" { layers = [
            { conv = 8, kernel = [3, 5], stride = 2, padding = same, activation = elu }
            { pool = average, kernel = 2 }, { dropout = 0.1 }, { dense = 3 } ]
            loss = mse, optimizer { name = nesterov, learning-rate = 1e-7 }, batch = 1, epochs = 2 }
          "include" = ${architectures.mlp} { optimizer { name = sgd } }
          alpha = ${architectures.mlp} { schedule { name = constant, warm-up-epochs = 0.5 } }
          beta = ${architectures.mlp} {
            schedule { name = step, every-epochs = 2, factor = 0.3 }, weight-decay = 1e-9
            label-smoothing = 0.01, class-weights = balanced, best = pearson }
          gamma = ${architectures.mlp} {
            schedule { name = cosine, end = 1e-3 }, stop { metric = mse, patience = 3 } }
          delta = ${architectures.mlp} { schedule { name = one-cycle, rise = 0.25, start = 0.1 } }
        }
        """;
    ResolvedSettings first = new SettingsLoader().load(text, "my.conf", Map.of());
    assertItsTextGivesIt(first);
    assertEquals(
        List.of("mlp", "zoo.1", "include", "alpha", "beta", "gamma", "delta"),
        names(load(first.hocon())));
  }

  @Test
  void theResolvedTextOfTheDefaultsGivesTheDefaults() {
    ResolvedSettings first = new SettingsLoader().load("", "none", Map.of());
    assertItsTextGivesIt(first);
  }

  @Test
  void theTutorialsConfIsItsProtocol() throws IOException {
    Settings settings = load(Files.readString(Path.of("conf", "seed.conf")));
    assertEquals(new SplitWay.ByCounts(4096, 1024), settings.split().way());
    assertEquals(TUTORIAL, names(settings));
    for (Architecture architecture : settings.architectures()) {
      Architecture plain = architecture(load(""), architecture.name());
      assertEquals(plain.layers(), architecture.layers());
      assertEquals(plain.loss(), architecture.loss());
      assertEquals(plain.batch(), architecture.batch());
      assertEquals(Augmentation.NONE, architecture.recipe().augmentation());
      // The tutorial does not say how long it trained its last network.
      assertTrue(
          plain.epochs() == architecture.epochs() || architecture.name().equals("conv64-128"));
    }
  }

  @Test
  void theConfForFineTuningWantsAModel() throws IOException {
    Architecture tuned =
        load(Files.readString(Path.of("conf", "fine-tune.conf"))).architectures().get(0);
    assertEquals(new Base.Saved("model.zip", "all", "all"), tuned.base());
  }

  @Test
  void theDemosConfHasSmallImages() throws IOException {
    Settings settings = load(Files.readString(Path.of("conf", "demo.conf")));
    assertEquals(47, settings.images().height());
    assertEquals(63, settings.images().width());
    assertTrue(settings.architectures().stream().allMatch(a -> a.epochs() <= 5));
  }

  @Test
  void theStudysConfHasOneNetworkAndAnOuterMomentum() throws IOException {
    Settings settings = load(Files.readString(Path.of("conf", "study.conf")));
    assertEquals(List.of("conv48x2"), names(settings));
    assertEquals(Optional.of(new OuterMomentum(0.9, 0.7)), settings.train().outer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "by = folders, lists { train = [x] }, validation-from-train = 0.25",
        "by = labels, duplicates = remove-from-train",
        "by = lists, lists { train = [\"a.1..a.3\", \"b/c d\"], test = lists/test.txt }",
        "group = \"(p\\\\d+)_\""
      })
  void aSplitIsWrittenAsItIsRead(String split) {
    ResolvedSettings read =
        new SettingsLoader().load("split { " + split + " }", "my.conf", Map.of());

    assertEquals(read.settings().split(), load(read.hocon()).split());
  }

  @Test
  void theBooksSmallDataSetIsTwoAndOneAndTwoThousandPhotos() {
    SplitLists lists =
        new SettingsLoader()
            .load(List.of(ConfFile.shipped("small")), Map.of())
            .settings()
            .split()
            .way()
            .match(shares -> null, counts -> null, SplitWay.Given::lists);

    assertEquals(2_000, lists.train().expanded().count());
    assertEquals(1_000, lists.validation().expanded().count());
    assertEquals(2_000, lists.test().expanded().count());
    assertEquals("cat.1000", lists.validation().expanded().findFirst().orElseThrow());
  }

  @Test
  void leadingZerosOfARangeAreOnesOfItsNames() {
    SplitLists lists =
        load("split { by = lists, lists { train = [\"img_08.jpg..img_11.jpg\"] } }")
            .split()
            .way()
            .match(shares -> null, counts -> null, SplitWay.Given::lists);

    assertEquals(
        List.of("img_08.jpg", "img_09.jpg", "img_10.jpg", "img_11.jpg"),
        lists.train().expanded().toList());
  }

  @Test
  void whatExecutorsNeedSerialises() throws Exception {
    Settings settings = load("");
    List<Object> sent = List.of(settings.images(), List.copyOf(settings.architectures()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(sent, assertInstanceOf(List.class, in.readObject()));
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
    assertItsTextGivesIt(first);
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
    assertItsTextGivesIt(first);
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
    assertItsTextGivesIt(other);
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
            new Layer.DepthwiseConvolution(4, 3, 2, 1, Padding.SAME, Activation.GELU),
            norm,
            new Layer.Pooling(PoolingKind.AVERAGE, 1, 2, 3, 4),
            new Layer.GlobalPooling(PoolingKind.MAX),
            new Layer.Residual(List.of(norm, norm), Activation.IDENTITY),
            new Layer.Residual(List.of(norm), 0.3, Activation.RELU),
            new Layer.SqueezeExcitation(8, Activation.SWISH),
            new Layer.Dense(7, Activation.LEAKY_RELU),
            new Layer.Dropout(0.9),
            new Layer.Whitening(1, 2, 3, 4));
    assertEquals(kinds(Layer.class), classes(all));
    all.forEach(
        each -> assertEquals(each, LayerReader.read(new Entry("a", block(each.hocon()).object()))));
  }
}
