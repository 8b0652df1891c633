package io.convoy.page;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import io.convoy.page.TableView.Cell;
import io.convoy.page.TableView.Row;
import io.convoy.settings.Hocon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The settings in which runs differ: of their conf files only the keys that do. */
final class SettingsDifference {
  private static final String ARCHITECTURES = "architectures";

  private SettingsDifference() {}

  /**
   * A row a key, a column a run. An architecture that not all runs have is one row.
   *
   * @return none where there is one run, or the settings are the same
   */
  static Optional<TableView> of(List<RunPage> runs) {
    if (runs.size() == 1) {
      return Optional.empty();
    }
    List<ConfigObject> confs =
        runs.stream().map(run -> Hocon.parse(run.origin().conf(), run.name()).root()).toList();
    Set<String> shared = shared(confs);
    List<Map<String, String>> all = confs.stream().map(conf -> flat(conf, shared)).toList();
    List<Row> rows =
        all.stream()
            .flatMap(one -> one.keySet().stream())
            .distinct()
            .sorted()
            .filter(key -> all.stream().map(one -> one.get(key)).distinct().count() > 1)
            .map(key -> row(key, all))
            .toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Cell> headings = new ArrayList<>(List.of(Cell.words("Setting")));
    runs.forEach(run -> headings.add(Cell.words(run.name())));
    return Optional.of(new TableView("differences", headings, rows));
  }

  private static Row row(String key, List<Map<String, String>> all) {
    return new Row(
        Stream.concat(Stream.of(key), all.stream().map(one -> one.getOrDefault(key, Figures.NONE)))
            .map(text -> Cell.words(text).with("path"))
            .toList());
  }

  /** The architectures that all have. */
  private static Set<String> shared(List<ConfigObject> confs) {
    Set<String> shared = new HashSet<>(architectures(confs.get(0)));
    confs.forEach(conf -> shared.retainAll(architectures(conf)));
    return shared;
  }

  private static Set<String> architectures(ConfigObject conf) {
    return conf.get(ARCHITECTURES) instanceof ConfigObject names ? names.keySet() : Set.of();
  }

  private static Map<String, String> flat(ConfigObject conf, Set<String> shared) {
    Map<String, String> flat = new HashMap<>();
    conf.forEach(
        (section, value) -> {
          if (section.equals(ARCHITECTURES) && value instanceof ConfigObject architectures) {
            architectures.forEach(
                (name, block) -> {
                  String key = ConfigUtil.joinPath(section, name);
                  if (shared.contains(name)) {
                    flat.putAll(Hocon.flat(key, block));
                  } else {
                    flat.put(key, "trained");
                  }
                });
          } else {
            flat.putAll(Hocon.flat(section, value));
          }
        });
    return flat;
  }
}
