package io.convoy.settings;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One of several kinds of a block, which its key {@code name} chooses.
 *
 * @param name the word for it
 * @param keys that it has besides
 * @param reader makes it of a block with no other keys
 */
record Kind<T>(String name, List<String> keys, Function<Section, T> reader) {
  static final String NAME = "name";

  /** Reads a block that is of one of the kinds. */
  static <T> T read(Section block, List<Kind<T>> kinds) {
    Entry name = block.entry(NAME);
    String word = name.text().orElse("");
    Kind<T> kind =
        kinds.stream()
            .filter(each -> each.name.equals(word))
            .findFirst()
            .orElseThrow(() -> name.oneOf(kinds.stream().map(Kind::name)));
    block.allow(Stream.concat(Stream.of(NAME), kind.keys.stream()).toList());
    return kind.reader.apply(block);
  }
}
