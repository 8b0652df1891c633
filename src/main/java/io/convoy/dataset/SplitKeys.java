package io.convoy.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What keeps photos on one side: all with the same key, 64 hexadecimal digits, fall into one split.
 * The key is the hash of the photo's bytes, or, for the photos of a group, that of its name. Groups
 * that share a byte-identical photo are one.
 */
final class SplitKeys {
  private final Function<String, Optional<String>> groups;
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, String> groupOfHash = new HashMap<>();
  private final Map<String, String> merged = new HashMap<>();

  /**
   * @param photos all of them
   * @param groups the name of a path's group; empty where it has none
   */
  SplitKeys(List<LabelledPhoto> photos, Function<String, Optional<String>> groups) {
    this.groups = groups;
    for (LabelledPhoto photo : photos) {
      own(photo)
          .ifPresent(
              group -> {
                String first = groupOfHash.putIfAbsent(photo.hash(), group);
                if (first != null) {
                  merge(root(first), root(group));
                }
              });
    }
  }

  private Optional<String> own(LabelledPhoto photo) {
    return groups
        .apply(photo.path())
        .map(name -> keys.computeIfAbsent(name, group -> DigestUtils.sha256Hex("group " + group)));
  }

  private void merge(String one, String other) {
    int order = one.compareTo(other);
    if (order != 0) {
      merged.put(order < 0 ? other : one, order < 0 ? one : other);
    }
  }

  private String root(String group) {
    String root = group;
    while (merged.containsKey(root)) {
      root = merged.get(root);
    }
    return root;
  }

  /** The key of a photo. */
  String of(LabelledPhoto photo) {
    return own(photo)
        .or(() -> Optional.ofNullable(groupOfHash.get(photo.hash())))
        .map(this::root)
        .orElse(photo.hash());
  }
}
