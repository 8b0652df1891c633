package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What {@code recipe = auto} chooses: the network and the recipe of a conf that comes with convoy,
 * with epochs, minibatch and mixing by the number of photos.
 *
 * @param photos that train
 * @param height of the images, in pixels
 * @param width of the images, in pixels
 * @param own size of a minibatch that the block says itself
 * @param precision of the passes; empty where the settings of the run say it
 */
record AutomaticRecipe(
    TrainingPhotos photos,
    int height,
    int width,
    Optional<Integer> own,
    Optional<String> precision) {
  /** The key of a block, and its only value. */
  static final String KEY = "recipe";

  static final String AUTO = "auto";
  private static final String BATCH = "batch";

  /** Images of at most so many pixels a side go through the network as they are. */
  private static final int SMALL_SIDE = 48;

  /** Photos times epochs are so many times the root of the photos: 220 epochs for 2,000. */
  private static final double IMAGES_BY_ROOT = 9_840;

  /** Likewise of small images: by that conf/cifar.conf has 40 epochs for 45,000. */
  private static final double SMALL_IMAGES_BY_ROOT = 7_680;

  private static final int FEWEST_EPOCHS = 20;
  private static final int MOST_EPOCHS = 300;
  private static final int TEN = 10;
  private static final int SMALLEST_BATCH = 16;
  private static final int LARGEST_BATCH = 64;

  /** An epoch has at least so many steps, where minibatches are not the smallest. */
  private static final int STEPS = 32;

  /** So many photos train a deeper network. */
  private static final int MANY = 10_000;

  /** In the mean; fewer photos want more that keeps a network from learning them by heart. */
  private static final int MANY_OF_A_CLASS = 1_000;

  /** Photos of which it chooses another network than of the tutorial's. */
  private static final List<TrainingPhotos> EXAMPLES =
      List.of(
          new TrainingPhotos(MANY, 2, 375, 500),
          new TrainingPhotos(MANY, 2, SMALL_SIDE, SMALL_SIDE),
          new TrainingPhotos(MANY_OF_A_CLASS, 2, SMALL_SIDE, SMALL_SIDE));

  /**
   * What is made of the tutorial's photos, where the photos are not known; or where these are
   * refused, of others that get another network.
   *
   * @throws UserException if all are refused, as the tutorial's are
   */
  static <T> T ofAnyPhotos(Function<TrainingPhotos, T> made) {
    try {
      return made.apply(TrainingPhotos.OF_THE_TUTORIAL);
    } catch (UserException ofTheTutorial) {
      for (TrainingPhotos others : EXAMPLES) {
        try {
          return made.apply(others);
        } catch (UserException ofOthers) {
          // The mistake is told as it is with the tutorial's photos.
        }
      }
      throw ofTheTutorial;
    }
  }

  /**
   * What is chosen for each architecture of a conf that asks for it, by its name.
   *
   * @param conf resolved
   * @param precision of the passes; empty where the conf says it
   */
  static Map<String, AutomaticRecipe> of(
      Section conf, TrainingPhotos photos, Optional<String> precision) {
    Map<String, AutomaticRecipe> automatic = new TreeMap<>();
    Section architectures = conf.section(Settings.ARCHITECTURES);
    for (String name : architectures.keys()) {
      if (architectures.entry(name).value() instanceof ConfigObject block) {
        Section architecture =
            new Section(name, architectures.prefix() + ConfigUtil.joinPath(name) + ".", block);
        architecture
            .present(KEY)
            .ifPresent(
                entry -> {
                  if (entry.text().filter(AUTO::equals).isEmpty()) {
                    throw entry.mustBe("auto");
                  }
                  ImageSettings images = ImageSettings.read(conf.section("images"), photos);
                  automatic.put(
                      name,
                      new AutomaticRecipe(
                          photos,
                          images.height(),
                          images.width(),
                          architecture.present(BATCH).map(batch -> batch.integer(1)),
                          precision));
                });
      }
    }
    return automatic;
  }

  private boolean isOfSmallImages() {
    return (long) height * width <= (long) SMALL_SIDE * SMALL_SIDE;
  }

  private boolean isOfFewPhotos() {
    return photos.images() < (long) MANY_OF_A_CLASS * photos.classes();
  }

  /** The conf whose network and recipe it takes, by its name without an ending. */
  private String conf() {
    if (isOfSmallImages()) {
      return isOfFewPhotos() ? "flowers" : "cifar";
    }
    return photos.images() < MANY ? "photos" : "many-photos";
  }

  private int epochs() {
    double byRoot = isOfSmallImages() ? SMALL_IMAGES_BY_ROOT : IMAGES_BY_ROOT;
    long tens = Math.round(byRoot / Math.sqrt(photos.images()) / TEN);
    return (int) Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, tens * TEN));
  }

  /** A power of two. */
  private int batch() {
    int most = Integer.highestOneBit(Math.max(1, photos.images() / STEPS));
    return Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, most));
  }

  /** An architecture's block with what it does not say itself. */
  ConfigObject fill(ConfigObject block) {
    Config shipped = ConfFile.shipped(conf()).settings();
    String network = ArchitectureOrder.of(shipped).get(0);
    Config recipe = shipped.getConfig(ConfigUtil.joinPath(Settings.ARCHITECTURES, network));
    if (block.containsKey("layers")) {
      // Only some layers take images of several sizes.
      recipe = recipe.withoutPath("progressive-resizing");
    }
    Map<String, Object> chosen = new HashMap<>();
    chosen.put("epochs", epochs());
    chosen.put(BATCH, batch());
    // Smaller minibatches take more steps, each with a noisier gradient.
    chosen.put(
        "optimizer.learning-rate",
        recipe.getDouble("optimizer.learning-rate")
            * Math.sqrt((double) own.orElse(batch()) / LARGEST_BATCH));
    if (!isOfSmallImages() && isOfFewPhotos()) {
      chosen.put("mix.probability", 1);
    }
    precision.ifPresent(word -> chosen.put(Recipe.PRECISION, word));
    return filled(
        block, ConfigFactory.parseMap(chosen, "recipe = auto").withFallback(recipe).root());
  }

  /** Not by {@code withFallback}, for which a null under a block ends all fallbacks. */
  private static ConfigObject filled(ConfigObject block, ConfigObject chosen) {
    ConfigObject all = block;
    for (Map.Entry<String, ConfigValue> each : chosen.entrySet()) {
      ConfigValue own = block.get(each.getKey());
      if (own == null) {
        all = all.withValue(each.getKey(), each.getValue());
      } else if (own instanceof ConfigObject inner
          && each.getValue() instanceof ConfigObject other
          && !isOfAnotherKind(inner, other)) {
        all = all.withValue(each.getKey(), filled(inner, other));
      }
    }
    return all;
  }

  /** What another optimizer or schedule is of would not do. */
  private static boolean isOfAnotherKind(ConfigObject own, ConfigObject chosen) {
    return own.containsKey(Kind.NAME) && !own.get(Kind.NAME).equals(chosen.get(Kind.NAME));
  }

  /** What was chosen, and by what, in words. */
  String words(Architecture architecture) {
    return String.format(
        Locale.ROOT,
        "%s: recipe = auto, for %s of %d classes, %d x %d: as in conf/%s.conf, with %s and minibatches"
            + " of %d",
        architecture.name(),
        Amount.of(photos.images(), "training photo"),
        photos.classes(),
        height,
        width,
        conf(),
        Amount.of(architecture.epochs(), "epoch"),
        architecture.batch());
  }
}
