package io.convoy.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.convoy.failure.UserException;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An object of the conf.
 *
 * @param name for messages about the whole object
 * @param prefix what the names of its entries begin with in messages
 */
public record Section(String name, String prefix, ConfigObject object) {

  /** The keys by alphabet, as HOCON keeps no order. */
  SortedSet<String> keys() {
    return new TreeSet<>(object.keySet());
  }

  /** The entry of a key, if it is there. */
  public Optional<Entry> optional(String key) {
    ConfigValue value = object.get(key);
    return Optional.ofNullable(value).map(present -> new Entry(prefix + key, present));
  }

  /**
   * The same where a key that is set to null is as one that is left out: it takes back a default.
   */
  Optional<Entry> present(String key) {
    return optional(key).filter(entry -> entry.value().valueType() != ConfigValueType.NULL);
  }

  /** A share, 0 to 1, which must be there. */
  double share(String key) {
    return entry(key).number("a share from 0 to 1", share -> share >= 0 && share <= 1);
  }

  /** A share of what went before, 0 to below 1. */
  double decay(String key, double usual) {
    return optional(key)
        .map(e -> e.number("a number of at least 0 and below 1", share -> share >= 0 && share < 1))
        .orElse(usual);
  }

  /** The entry of a key, which must be there. */
  public Entry entry(String key) {
    return optional(key)
        .orElseThrow(
            () ->
                new UserException("%s%s has no %s: add it.", Place.of(object.origin()), name, key));
  }

  /** The object of a key, which must be there. */
  public Section section(String key) {
    return entry(key).section(prefix + key + ".");
  }

  /** Refuses keys that are not among the known ones. */
  public void allow(Collection<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw new UserException(
            "%s%s is not a setting: %sknown here are %s.",
            Place.of(object.get(key).origin()),
            prefix + key,
            Spelling.questionOfKey(key, known),
            String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** Refuses keys that the defaults do not have, at any depth. */
  void allowKeysOf(ConfigObject defaults) {
    allow(defaults.keySet());
    for (String key : keys()) {
      if (defaults.get(key) instanceof ConfigObject deeper) {
        section(key).allowKeysOf(deeper);
      }
    }
  }
}
