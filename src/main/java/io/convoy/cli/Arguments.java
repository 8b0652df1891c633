package io.convoy.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of one command line, by name, each with its values in order. */
record Arguments(Map<String, List<Object>> values) {
  static final Arguments NONE = new Arguments(Map.of());

  Arguments with(String name, Object value) {
    Map<String, List<Object>> more = new LinkedHashMap<>(values);
    List<Object> all = new ArrayList<>(more.getOrDefault(name, List.of()));
    all.add(value);
    more.put(name, all);
    return new Arguments(more);
  }

  /** All values of an option. */
  <T> List<T> all(String name, Class<T> type) {
    return values.getOrDefault(name, List.of()).stream().map(type::cast).toList();
  }

  /** The last value of an option: the one that counts where it is given twice. */
  <T> Optional<T> last(String name, Class<T> type) {
    List<T> all = all(name, type);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }
}
