package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import io.convoy.failure.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one block under {@code architectures}. */
final class ArchitectureReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(BaseReader.KEY, "layers", "loss", "optimizer", "batch", "epochs"),
              RecipeReader.KEYS.stream())
          .toList();

  private ArchitectureReader() {}

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
    return new Architecture(
        name,
        BaseReader.read(block),
        layers(block),
        block.entry("loss").word(Loss.class),
        OptimizerReader.read(block.section("optimizer")),
        block.entry("batch").integer(1),
        block.entry("epochs").integer(1),
        RecipeReader.read(block));
  }

  private static List<Layer> layers(Section block) {
    List<Layer> layers = new ArrayList<>();
    boolean flat = false;
    for (Entry member : block.entry("layers").list("a list of layers, in brackets")) {
      Entry entry = new Entry(block.name() + ", layer " + (layers.size() + 1), member.value());
      Layer layer = LayerReader.read(entry);
      if (flat && !(layer instanceof Layer.Dense || layer instanceof Layer.Dropout)) {
        throw new UserException(
            "%s%s wants height and width, which a dense layer or a global pooling leaves none of: put it"
                + " before the first of these.",
            Place.of(entry.value().origin()), entry.name());
      }
      flat = flat || layer instanceof Layer.Dense || layer instanceof Layer.GlobalPooling;
      layers.add(layer);
    }
    return layers;
  }
}
