package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutomaticRecipeTest {
  private static final TrainingPhotos TUTORIAL = TrainingPhotos.OF_THE_TUTORIAL;
  private static final String SMALL = "images { height = 32, width = 32 }\n";
  private static final String AUTO = "architectures.net.recipe = auto\n";

  private static TrainingPhotos photos(int images, int classes) {
    return TUTORIAL.of(images, classes);
  }

  private static ResolvedSettings resolved(String conf, TrainingPhotos photos) {
    return new SettingsLoader().load(conf, "my.conf", Map.of()).forPhotos(photos);
  }

  private static Architecture net(String conf, TrainingPhotos photos) {
    return resolved(conf, photos).settings().select(List.of("net")).architectures().get(0);
  }

  private static Architecture shipped(String conf) {
    return new SettingsLoader()
        .load(List.of(ConfFile.shipped(conf)), Map.of())
        .settings()
        .architectures()
        .get(0);
  }

  /** Of the same name and with the precision of the run, to be compared. */
  private static Architecture comparable(Architecture architecture) {
    String text = architecture.named("net").hocon().replaceAll(" *precision = \\w+\n", "");
    return new SettingsLoader()
        .load("architectures {\n" + text + "}", "my.conf", Map.of())
        .settings()
        .architectures()
        .get(0);
  }

  @Test
  void aRunWithoutAConfTrainsANetworkOfTodayBesideTheTutorials() {
    List<Architecture> all = resolved("", TUTORIAL).settings().architectures();
    assertEquals(6, all.size());
    assertEquals(comparable(shipped("photos")), comparable(all.get(5)));
  }

  @Test
  void largerPhotosAreTrainedAsByTheConfOfPhotos() {
    assertEquals(comparable(shipped("photos")), comparable(net(AUTO, TUTORIAL)));
    assertEquals(9, convolutions(net(AUTO, photos(9_999, 2))));
  }

  @Test
  void tenThousandLargerPhotosTrainADeeperNetwork() {
    Architecture net = net(AUTO, photos(10_000, 2));
    assertEquals(comparable(shipped("many-photos")), comparable(net));
    assertEquals(13, convolutions(net));
    assertEquals(1, net(AUTO, photos(10_000, 20)).recipe().mixing().probability());
  }

  private static int convolutions(Architecture architecture) {
    return architecture.layers().stream()
        .mapToInt(
            layer ->
                layer instanceof Layer.Residual residual
                    ? (int)
                        residual.branch().stream()
                            .filter(Layer.Convolution.class::isInstance)
                            .count()
                    : layer instanceof Layer.Convolution ? 1 : 0)
        .sum();
  }

  @Test
  void layersOfItsOwnTakeImagesOfOneSize() {
    String own = AUTO + "architectures.net.layers = [{ dense = 3 }]\n";
    assertEquals(ProgressiveResizing.NONE, net(own, photos(10_000, 2)).recipe().resizing());
    assertEquals(
        0.75,
        net(own + "architectures.net.progressive-resizing { from = 0.75, until = 0.5 }\n", TUTORIAL)
            .recipe()
            .resizing()
            .from());
  }

  /** What the settings are read with first, before photos are known, does not refuse it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mix.probability = 0.8 | 375",
        "optimizer.beta2 = 0.99 | 375",
        "progressive-resizing.until = 0.5 | 375",
        "augment.aspect = [0.9, 1.1] | 375",
        "optimizer.momentum = 0.95 | 32"
      })
  void ofTheRecipeThatIsChosenABlockMaySayEachPartItself(String part, int side) {
    String conf = AUTO + "architectures.net." + part;
    ResolvedSettings before = new SettingsLoader().load(conf, "my.conf", Map.of());
    assertTrue(before.size().leavesSide());
    TrainingPhotos photos = photos(4096, 2).ofSize(side, side);
    String hocon = before.forPhotos(photos).settings().select(List.of("net")).hocon();
    assertTrue(hocon.contains(part.substring(part.indexOf('.') + 1)), hocon);
  }

  @Test
  void whatNoPhotosRecipeHasIsRefusedAsForTheTutorials() {
    UserException e =
        assertThrows(
            UserException.class, () -> resolved(AUTO + "architectures.net.batch = 0", TUTORIAL));
    assertTrue(e.getMessage().contains("batch is 0"), e.getMessage());
  }

  @Test
  void theImagesOfCifarAreTrainedAsByItsConf() {
    assertEquals(comparable(shipped("cifar")), comparable(net(SMALL + AUTO, photos(45_000, 10))));
  }

  @Test
  void fewSmallImagesAreTrainedAsByTheConfOfFlowersForAsLongAsThereAreFew() {
    Architecture flowers = comparable(shipped("flowers"));
    Architecture net = comparable(net(SMALL + AUTO, photos(4_100, 5)));
    assertEquals(flowers, net);
    assertEquals(150, net(SMALL + AUTO, photos(2_715, 5)).epochs());
    assertEquals(0.5, net(SMALL + AUTO, photos(2_715, 5)).recipe().mixing().probability());
  }

  @ParameterizedTest
  @CsvSource({
    "30, 300, 16",
    "700, 300, 16",
    "1000, 300, 16",
    "1050, 300, 32",
    "2000, 220, 32",
    "2048, 220, 64",
    "20000, 70, 64",
    "1000000, 20, 64"
  })
  void thereAreMoreEpochsAndSmallerMinibatchesOfFewerPhotos(int images, int epochs, int batch) {
    Architecture net = net(AUTO, photos(images, 2));
    assertEquals(epochs, net.epochs());
    assertEquals(batch, net.batch());
    assertEquals(2e-3 * Math.sqrt(batch / 64.0), net.optimizer().learningRate(), 1e-12);
  }

  @Test
  void theLearningRateIsThatOfTheMinibatchThatTheBlockSays() {
    Architecture net = net(AUTO + "architectures.net.batch = 128\n", photos(1_000, 2));
    assertEquals(128, net.batch());
    assertEquals(2e-3 * Math.sqrt(2), net.optimizer().learningRate(), 1e-12);
  }

  @Test
  void photosOfClassesThatHaveFewAreAllMixed() {
    assertEquals(0.5, net(AUTO, photos(5_000, 5)).recipe().mixing().probability());
    assertEquals(1, net(AUTO, photos(4_999, 5)).recipe().mixing().probability());
  }

  @Test
  void whatItsBlockSaysGoesOverIt() {
    Architecture net =
        net(
            AUTO
                + """
                architectures.net {
                  layers = [{ dense = 3 }], epochs = 7, augment.rotation = 3, mix = null
                  optimizer { name = sgd, learning-rate = 0.5 }
                }
                """,
            TUTORIAL);
    assertEquals(List.of(new Layer.Dense(3, Activation.RELU)), net.layers());
    assertEquals(7, net.epochs());
    assertEquals(64, net.batch());
    assertEquals(3, net.recipe().augmentation().rotation());
    assertTrue(net.recipe().augmentation().flip());
    assertEquals(Mixing.NONE, net.recipe().mixing());
    assertEquals(new Optimizer.Sgd(0.5), net.optimizer());
  }

  @Test
  void aNullUnderItsBlockTakesNothingAway() {
    String conf = "architectures = null\narchitectures { net = null, net { recipe = auto } }\n";
    assertEquals(net(AUTO, TUTORIAL), net(conf, TUTORIAL));
  }

  @Test
  void itsNetworkComputesInTheBestPrecisionUnlessTheRunSaysOne() {
    assertEquals(RecipePrecision.AUTO, net(AUTO, TUTORIAL).recipe().precision());
    assertEquals(
        RecipePrecision.OF_THE_RUN,
        net(AUTO + "train.precision = float32", TUTORIAL).recipe().precision());
    assertEquals(
        RecipePrecision.FLOAT32,
        net(AUTO + "architectures.net.precision = float32", TUTORIAL).recipe().precision());
  }

  @Test
  void itSaysWhatItHasChosenAndByWhat() {
    assertEquals(
        List.of(
            "net: recipe = auto, for 4,096 training photos of 2 classes, 94 x 125: as in"
                + " conf/photos.conf, with 150 epochs and minibatches of 64"),
        resolved(AUTO, TUTORIAL).choices());
    assertEquals(List.of(), resolved("defaults = [mlp]", TUTORIAL).choices());
  }

  @Test
  void theTextOfWhatItHasChosenNeedsNoPhotos() {
    ResolvedSettings chosen = resolved(AUTO, photos(700, 2));
    assertEquals(chosen.settings(), resolved(chosen.hocon(), TUTORIAL).settings());
  }

  @Test
  void theRecipeOfASavedModelIsNotAddedTo() {
    Architecture trained =
        net("architectures.net { recipe = auto, mix = null }\n", photos(700, 2)).named("modern");
    ResolvedSettings again =
        new SettingsLoader()
            .load(SavedRecipe.of(trained, "its file"), 3, List.of(), Map.of())
            .forPhotos(TUTORIAL);
    Architecture now = again.settings().select(List.of("modern")).architectures().get(0);
    assertEquals(trained.recipe(), now.recipe());
    assertEquals(16, now.batch());
    assertEquals(3, now.epochs());
  }

  @Test
  void anyOtherWordIsRefused() {
    assertEquals(
        "my.conf:1: architectures.net.recipe is \"fast\": it must be auto.",
        assertThrows(UserException.class, () -> net("architectures.net.recipe = fast", TUTORIAL))
            .getMessage());
  }

  @Test
  void aPrecisionOfARecipeGoesOverThatOfTheRun() {
    assertEquals(Optional.of(Precision.FLOAT32), RecipePrecision.FLOAT32.over(Optional.empty()));
    assertEquals(Optional.empty(), RecipePrecision.AUTO.over(Optional.of(Precision.FLOAT32)));
    assertEquals(
        Optional.of(Precision.BFLOAT16),
        RecipePrecision.OF_THE_RUN.over(Optional.of(Precision.BFLOAT16)));
  }
}
