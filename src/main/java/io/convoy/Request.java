package io.convoy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.convoy.cli.Command.Existing;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Something that convoy is asked to do. A request never changes: each of its methods gives another
 * one, so that one request may be the beginning of several.
 *
 * @param <R> the kind of request
 */
public abstract sealed class Request<R extends Request<R>>
    permits PrepareRequest, TrainingRequest, PredictRequest {
  private final Order order;

  Request(Order order) {
    this.order = order;
  }

  final Order order() {
    return order;
  }

  /** The same request of another order. */
  abstract R with(Order changed);

  /**
   * Reads settings from a conf file, over those of files before it.
   *
   * @param file without a scheme it lies on this machine
   */
  public final R conf(String file) {
    return with(order.with(order.settings().withConf(file)));
  }

  /**
   * Sets one setting, over all conf files.
   *
   * @param key dotted, such as {@code images.height}
   * @param value a text, read as the option {@code --set} reads it; a number, a boolean, or a list
   *     or map of such
   * @throws IllegalArgumentException if the value is none of these
   */
  public final R set(String key, Object value) {
    return with(order.with(order.settings().with(Map.of(key, hocon(key, value)))));
  }

  private static String hocon(String key, Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    try {
      return ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise());
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          key + ": a " + value.getClass().getName() + " is no value of a setting", e);
    }
  }

  /** Deletes what the output folder holds, instead of refusing it. */
  public final R overwrite() {
    return with(order.with(Existing.OVERWRITE));
  }

  /**
   * Hears of the work, in the lines that the command would print: its progress, remarks and
   * results.
   *
   * @param lines is given one line at a time, without its end, from any thread
   */
  public final R progress(Consumer<String> lines) {
    return with(order.with(lines));
  }
}
