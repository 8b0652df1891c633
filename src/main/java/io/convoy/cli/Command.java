package io.convoy.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A command of the program. Folders that it is given are paths or URIs of any Hadoop file system.
 *
 * @param name the word for it
 * @param summary what it does, for the list of all commands
 * @param description what it does, for its own help
 * @param example of its options
 * @param options declares them
 * @param reader makes of the options given what is to be done
 */
public record Command<T>(
    String name,
    String summary,
    String description,
    String example,
    Consumer<CommandParser> options,
    Function<Arguments, T> reader) {

  /** The same command, of which something else is made. */
  public <R> Command<R> to(Function<T, R> further) {
    return new Command<>(name, summary, description, example, options, reader.andThen(further));
  }

  /** What to do with an output folder that holds something. */
  public enum Existing {
    /** Refuse it, but go on with the same run where it was stopped. */
    KEEP,
    /** Go on with the same run; nothing is left to do where it is finished. */
    RESUME,
    /** Delete what it holds. */
    OVERWRITE
  }

  /**
   * Where the settings come from: the command line over the conf files over the defaults.
   *
   * @param confs the conf files, the later over the earlier
   * @param overrides dotted keys and their values
   * @param architectures the ones to train; all where empty
   * @param epochs for every architecture, instead of its own
   * @param show whether the resolved conf is printed at the start
   */
  public record SettingsSource(
      List<String> confs,
      Map<String, String> overrides,
      List<String> architectures,
      OptionalInt epochs,
      Show show) {

    /** The same, which shows nothing. */
    public SettingsSource quiet() {
      return new SettingsSource(confs, overrides, architectures, epochs, Show.NOTHING);
    }

    /** The source with one more conf file, over the others. */
    public SettingsSource withConf(String file) {
      List<String> all = Stream.concat(confs.stream(), Stream.of(file)).toList();
      return new SettingsSource(all, overrides, architectures, epochs, show);
    }

    /** The source with these architectures alone. */
    public SettingsSource withArchitectures(List<String> names) {
      return new SettingsSource(confs, overrides, names, epochs, show);
    }

    /** The source with so many epochs for every architecture. */
    public SettingsSource withEpochs(int number) {
      return new SettingsSource(confs, overrides, architectures, OptionalInt.of(number), show);
    }

    /** The source with more overrides, which win. */
    public SettingsSource with(Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>(overrides);
      all.putAll(more);
      return new SettingsSource(confs, all, architectures, epochs, show);
    }
  }

  /** Whether the resolved conf is printed. */
  public enum Show {
    NOTHING,
    CONF
  }
}
