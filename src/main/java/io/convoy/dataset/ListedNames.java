package io.convoy.dataset;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.failure.UserException;
import io.convoy.settings.SplitLists;
import io.convoy.settings.SplitLists.Names;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The splits of photos by lists of names. A name is the path below the images folder or that of the
 * file alone, with or without its extension; in the settings a star stands for any characters but a
 * slash. In a text file the whole line is a name, or what is before its first blank, as in {@code
 * Abyssinian_100 1 1 1}; lines that begin with {@code #} are none.
 */
final class ListedNames {
  /** Any characters of a name, but the slash. */
  private static final String ANY = "*";

  private final Map<String, Split> splits = new HashMap<>();
  private final Map<String, Pattern> patterns = new TreeMap<>();
  private final Set<String> withPhoto = new HashSet<>();

  /** What stands in the lines of files behind a blank belongs to the name, or does not. */
  private final Map<String, String> firstWords = new HashMap<>();

  /** The other split of first words in two lists, which matters where a photo has such a name. */
  private final Map<String, Split> otherSplits = new HashMap<>();

  /**
   * @param lists of the settings
   * @param lines reads a text file of names
   * @throws UserException if a name is in two lists
   */
  ListedNames(SplitLists lists, Function<String, Stream<String>> lines) {
    add(Split.TRAIN, lists.train(), lines);
    add(Split.VALIDATION, lists.validation(), lines);
    add(Split.TEST, lists.test(), lines);
  }

  private void add(Split split, Names names, Function<String, Stream<String>> lines) {
    names
        .expanded()
        .map(ListedNames::comparable)
        .forEach(
            name -> {
              put(name, split);
              if (name.contains(ANY)) {
                patterns.put(name, pattern(name));
              }
            });
    names.file().stream()
        .flatMap(lines)
        .map(line -> comparable(line.strip()))
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(
            line -> {
              put(line, split);
              String word = line.split("\\s", 2)[0];
              if (!word.equals(line)) {
                String other = firstWords.putIfAbsent(word, line);
                if (other != null && splits.get(other) != split) {
                  otherSplits.putIfAbsent(word, split);
                }
              }
            });
  }

  private void put(String name, Split split) {
    Split before = splits.putIfAbsent(name, split);
    if (before != null && before != split) {
      throw inTwo(name, before, split);
    }
  }

  private static UserException inTwo(String name, Split one, Split other) {
    return new UserException(
        "split.lists: %s is in two lists, %s and %s: leave it out of one.",
        Printable.of(name), one.key(), other.key());
  }

  /** macOS takes accents apart in the names of files. */
  private static String comparable(String name) {
    String path = name.startsWith("./") ? name.substring(2) : name;
    return Normalizer.normalize(path, Normalizer.Form.NFC);
  }

  /**
   * The split of a photo; empty where no list names it.
   *
   * @throws UserException if it has names in two lists
   */
  Optional<Split> of(String photo) {
    String path = comparable(photo);
    String file = path.substring(path.lastIndexOf('/') + 1);
    Split split = null;
    Set<String> names = new LinkedHashSet<>();
    Stream.of(path, stem(path), file, stem(file)).forEach(names::add);
    Set<String> listed = new LinkedHashSet<>();
    for (String name : names) {
      if (!splits.containsKey(name) && otherSplits.containsKey(name)) {
        throw inTwo(name, splits.get(firstWords.get(name)), otherSplits.get(name));
      }
      listed.add(splits.containsKey(name) ? name : firstWords.getOrDefault(name, ""));
      patterns.forEach(
          (written, pattern) -> {
            if (pattern.matcher(name).matches()) {
              listed.add(written);
            }
          });
    }
    for (String name : listed) {
      Split here = splits.get(name);
      if (here != null) {
        withPhoto.add(name);
        if (split != null && split != here) {
          throw inTwo(photo, split, here);
        }
        split = here;
      }
    }
    return Optional.ofNullable(split);
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        Stream.of(name.split(Pattern.quote(ANY), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("[^/]*")));
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /** Says how many names have no photo, once all photos were asked for. */
  Optional<String> remark() {
    return splits.keySet().stream()
        .filter(name -> !withPhoto.contains(name))
        .min(String::compareTo)
        .map(
            first ->
                Amount.of(splits.size() - withPhoto.size(), "name")
                    + " of split.lists without a photo, such as "
                    + Printable.of(first));
  }
}
