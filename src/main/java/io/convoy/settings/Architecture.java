package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import io.convoy.failure.UserException;
import io.convoy.settings.Repeat.Fold;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One network to compare and how it is trained.
 *
 * @param name {@code [A-Za-z0-9][A-Za-z0-9._-]*}, as it names a folder
 * @param base what its layers come behind
 * @param layers the hidden layers, no convolution or pooling after a dense layer; the output layer,
 *     one sigmoid unit, is implied
 * @param batch images a minibatch, at least 1
 * @param epochs passes over the training split, at least 1
 * @param recipe what else there is to its training
 */
public record Architecture(
    String name,
    Base base,
    List<Layer> layers,
    Loss loss,
    Optimizer optimizer,
    int batch,
    int epochs,
    Recipe recipe)
    implements Serializable {
  private static final String FOLD = "-fold";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(
                  AutomaticRecipe.KEY, Base.KEY, "layers", "loss", "optimizer", "batch", "epochs"),
              Recipe.KEYS.stream())
          .toList();

  /** Refuses nulls and copies the list. */
  public Architecture {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(base, "base");
    layers = List.copyOf(layers);
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(recipe, "recipe");
  }

  /** Of new layers alone. */
  public Architecture(
      String name,
      List<Layer> layers,
      Loss loss,
      Optimizer optimizer,
      int batch,
      int epochs,
      Recipe recipe) {
    this(name, new Base.None(), layers, loss, optimizer, batch, epochs, recipe);
  }

  /** Of new layers alone, with the plain recipe. */
  public Architecture(
      String name, List<Layer> layers, Loss loss, Optimizer optimizer, int batch, int epochs) {
    this(name, layers, loss, optimizer, batch, epochs, Recipe.PLAIN);
  }

  /** The same with another name. */
  public Architecture named(String other) {
    return new Architecture(other, base, layers, loss, optimizer, batch, epochs, recipe);
  }

  /** Reads one block under {@code architectures}. */
  static Architecture read(String name, Section architectures) {
    Entry entry =
        new Entry(
            architectures.prefix() + ConfigUtil.joinPath(name), architectures.entry(name).value());
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          "%s%s does not do as a name: it names a folder, so use letters, digits, '.', '_' and '-', "
              + "and begin with a letter or digit.",
          Place.of(entry.value().origin()), entry.name());
    }
    Section block = entry.section(entry.name() + ".");
    block.allow(KEYS);
    Base base = Base.read(block);
    Recipe recipe = Recipe.read(block);
    if (base.pretrained().isPresent() && !recipe.resizing().equals(ProgressiveResizing.NONE)) {
      throw new UserException(
          "%s%s is for new networks, and this one begins with a file (base), for images of one size:"
              + " leave one of them out.",
          Place.of(block.entry(Recipe.RESIZING).value().origin()),
          block.entry(Recipe.RESIZING).name());
    }
    return new Architecture(
        name,
        base,
        layers(block),
        block.entry("loss").word(Loss.class),
        Optimizer.read(block.section("optimizer")),
        block.entry("batch").integer(1),
        block.entry("epochs").integer(1),
        recipe);
  }

  private static List<Layer> layers(Section block) {
    List<Layer> layers = new ArrayList<>();
    boolean flat = false;
    for (Entry member : block.entry("layers").list("a list of layers, in brackets")) {
      Entry entry = new Entry(block.name() + ", layer " + (layers.size() + 1), member.value());
      Layer layer = LayerReader.read(entry);
      if (flat && !layer.maps().takesVector()) {
        throw new UserException(
            "%s%s wants height and width, which a dense layer or a global pooling leaves none of: put it"
                + " before the first of these.",
            Place.of(entry.value().origin()), entry.name());
      }
      if (layer instanceof Layer.Whitening
          && (!layers.isEmpty() || block.present(Base.KEY).isPresent())) {
        throw new UserException(
            "%s%s whitens the photos, and does so as the first layer of a network alone: put it there, or"
                + " leave it out.",
            Place.of(entry.value().origin()), entry.name());
      }
      flat |= layer.maps().givesVector();
      layers.add(layer);
    }
    return layers;
  }

  /** The first layer, where that is one that whitens. */
  public Optional<Layer.Whitening> whitening() {
    return layers.stream()
        .limit(1)
        .filter(Layer.Whitening.class::isInstance)
        .map(Layer.Whitening.class::cast)
        .findFirst();
  }

  /**
   * One of several that differ in their seeds alone.
   *
   * @param number from 1
   * @param seed of its training
   */
  Architecture repeated(int number, long seed) {
    return as(name + "-" + number, new Repeat(name, seed, Fold.NONE));
  }

  /**
   * One of several that differ in the photos that train and validate.
   *
   * @param fold that validates
   * @param seed of the run
   */
  Architecture validatedBy(Fold fold, long seed) {
    Repeat repeat = recipe.repeat();
    return as(
        name + FOLD + fold.number(),
        new Repeat(repeat.repeated().orElse(name), repeat.seed(seed), fold));
  }

  private Architecture as(String otherName, Repeat repeat) {
    return new Architecture(
        otherName, base, layers, loss, optimizer, batch, epochs, recipe.with(repeat));
  }

  /**
   * The same network under the name that all its folds share; itself where there is no
   * cross-validation.
   */
  public Architecture ofAllFolds() {
    return recipe
        .repeat()
        .crossValidation()
        .map(fold -> FOLD + fold.number())
        .filter(name::endsWith)
        .map(end -> as(name.substring(0, name.length() - end.length()), recipe.repeat()))
        .orElse(this);
  }

  /**
   * Its settings in one level of dotted keys, such as {@code layers.1.conv}, as they are written.
   */
  public Map<String, String> leaves() {
    String prefix = name + ".";
    Map<String, String> leaves = new TreeMap<>();
    Leaves.of(hocon()).forEach((key, value) -> leaves.put(key.substring(prefix.length()), value));
    return leaves;
  }

  /** Its block under {@code architectures}, with its name. */
  String hocon() {
    return """
          %s {
        %s    layers = [
        %s    ]
            loss = %s
            optimizer { %s }
            batch = %s
            epochs = %s
        %s  }
        """
        .formatted(
            ConfigUtil.quoteString(name),
            base.pretrained().map(file -> "    base { " + file.hocon() + " }\n").orElse(""),
            layers.stream()
                .map(layer -> "      { " + layer.hocon() + " }\n")
                .collect(Collectors.joining()),
            Entry.word(loss),
            optimizer.hocon(),
            batch,
            epochs,
            recipe.lines().stream()
                .map(line -> "    " + line + "\n")
                .collect(Collectors.joining()));
  }
}
