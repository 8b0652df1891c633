package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

  static void assertItsTextGivesIt(ResolvedSettings resolved) {
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
  void theOuterMomentumIsRead() {
    assertEquals(
        Optional.of(new OuterMomentum(0.5, 1.5)),
        load("train.outer { momentum = 0.5, learning-rate = 1.5 }").train().outer());
    assertEquals(Optional.of(new OuterMomentum(0.9, 0.7)), load("train.outer {}").train().outer());
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
  void nullBeforeABlockRemovesTheDefaults() {
    assertEquals(
        List.of("own"), names(load("architectures = null\narchitectures { own" + BLOCK + "}")));
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
}
