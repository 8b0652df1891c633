package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a saved network was trained: what its file keeps of the architecture that it is of.
 *
 * @param architecture its name
 * @param hocon its block in the conf, or a part of it, without the epochs: these are how long it
 *     was trained, not how
 * @param place where it is kept, for messages
 */
public record SavedRecipe(String architecture, String hocon, String place) {
  private static final String EPOCHS = "(?m)^ *epochs = \\d+\\R";

  /** The whole recipe of an architecture, which is kept in a place. */
  public static SavedRecipe of(Architecture architecture, String place) {
    return new SavedRecipe(architecture.name(), block(architecture.hocon()), place);
  }

  /** What a model's file says by itself, without a recipe: the optimizer. */
  public static SavedRecipe of(String architecture, Optimizer optimizer, String place) {
    return new SavedRecipe(
        architecture,
        block(
            "%s { optimizer { %s } }\n"
                .formatted(ConfigUtil.quoteString(architecture), optimizer.hocon())),
        place);
  }

  private static String block(String text) {
    return "architectures {\n" + text.replaceFirst(EPOCHS, "") + "}\n";
  }

  /**
   * The recipe as a conf file.
   *
   * @param epochs to train where nothing else is said
   */
  String conf(int epochs) {
    String name = ConfigUtil.quoteString(architecture);
    // What the recipe has not, it was trained without.
    return "%1$sarchitectures.%2$s.epochs = %3$d\narchitectures.%2$s.%4$s = null\n"
        .formatted(hocon, name, epochs, AutomaticRecipe.KEY);
  }

  /** What another recipe has otherwise, such as {@code optimizer.name = sgd (the model's adam)}. */
  public List<String> differences(Architecture now) {
    Map<String, String> before = flat(hocon);
    List<String> differences = new ArrayList<>();
    Map<String, String> after = flat(of(now, place).hocon);
    after.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key))) {
            String old = Optional.ofNullable(before.get(key)).orElse("not set");
            differences.add("%s = %s (the model's: %s)".formatted(key, value, old));
          }
        });
    before.forEach(
        (key, value) -> {
          if (!after.containsKey(key)) {
            differences.add("%s is not set (the model's: %s)".formatted(key, value));
          }
        });
    return differences;
  }

  private Map<String, String> flat(String text) {
    Map<String, String> flat = new TreeMap<>();
    Hocon.parse(text, place)
        .getConfig("architectures." + ConfigUtil.quoteString(architecture))
        .root()
        .forEach((key, value) -> flat.putAll(Hocon.flat(key, value)));
    return flat;
  }
}
