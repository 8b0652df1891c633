package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of one command line, by name, each with its values in order. */
public record Arguments(Map<String, List<Object>> values) {
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

  /** The word of an option that must be given. */
  String text(String name) {
    return last(name, String.class).orElseThrow();
  }

  /** What to do with what is there. */
  Existing existing() {
    boolean overwrite = last("overwrite", Boolean.class).isPresent();
    boolean resume = last("resume", Boolean.class).isPresent();
    if (overwrite && resume) {
      throw new UserException(
          "--overwrite deletes the run that --resume would go on with; give one of them.");
    }
    if (resume) {
      return Existing.RESUME;
    }
    return overwrite ? Existing.OVERWRITE : Existing.KEEP;
  }

  /** Where the settings come from. */
  SettingsSource settings() {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String set : all("set", String.class)) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        throw new UserException(
            "--set %s: it wants KEY=VALUE, such as --set architectures.conv24.epochs=3.", set);
      }
      overrides.put(set.substring(0, equals).strip(), set.substring(equals + 1).strip());
    }
    last("max-rejected", String.class)
        .ifPresent(share -> overrides.put("images.max-rejected", share));
    last("seed", Long.class).ifPresent(seed -> overrides.put("train.seed", seed.toString()));
    last("trials", Integer.class)
        .ifPresent(trials -> overrides.put("search.trials", trials.toString()));
    return new SettingsSource(
        all("conf", String.class),
        overrides,
        last("architectures", String.class)
            .map(names -> List.of(names.split("\\s*,\\s*")))
            .orElse(List.of()),
        last("epochs", Integer.class).map(OptionalInt::of).orElse(OptionalInt.empty()),
        last("show-conf", Boolean.class).isPresent() ? Show.CONF : Show.NOTHING);
  }
}
