package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes settings as HOCON in the shape of convoy.conf.
 *
 * <p>The library's own rendering sorts keys, which would lose the order of the architectures.
 */
final class SettingsWriter {
  private SettingsWriter() {}

  static String write(Settings settings) {
    return """
        # Settings of a run of convoy, complete: given to it as a conf file, they repeat the run's settings.
        images {
        %s}
        split {
        %s}
        train {
        %s}
        # Only the architectures below, whatever the defaults are.
        architectures = null
        architectures {
        %s}
        """
        .formatted(
            images(settings.images()),
            split(settings.split()),
            train(settings.train()),
            settings.architectures().stream()
                .map(SettingsWriter::architecture)
                .collect(Collectors.joining()));
  }

  private static String images(ImageSettings images) {
    return text(
        """
          height = %d
          width = %d
          classes = [%s]
          label-rule = %s
          max-pixels = %d
          max-file-bytes = %d
          max-rejected = %s
        """,
        images.height(),
        images.width(),
        images.classes().stream().map(ConfigUtil::quoteString).collect(Collectors.joining(", ")),
        Entry.word(images.labelRule()),
        images.maxPixels(),
        images.maxFileBytes(),
        images.maxRejected());
  }

  private static String split(SplitSettings split) {
    if (split instanceof SplitSettings.ByShares shares) {
      return text(
          """
            by = shares
            shares { train = %s, validation = %s, test = %s }
          """,
          shares.train(), shares.validation(), shares.test());
    }
    SplitSettings.ByCounts counts = (SplitSettings.ByCounts) split;
    return text(
        """
          by = counts
          counts { train = %d, validation = %d }
        """,
        counts.train(), counts.validation());
  }

  private static String train(TrainSettings train) {
    return text(
        """
          seed = %d
          workers = %s
          batch-of = %s
          averaging-frequency = %s
          outer = %s
          average-updater-state = %s
          checkpoint-rounds = %d
        """,
        train.seed(),
        train.workers().isPresent() ? train.workers().getAsInt() : "auto",
        Entry.word(train.batchOf()),
        averagingFrequency(train.averagingFrequency()),
        train.outer().map(SettingsWriter::outer).orElse("none"),
        train.updaterState() == UpdaterState.AVERAGED,
        train.checkpointRounds());
  }

  private static String averagingFrequency(AveragingFrequency frequency) {
    return frequency.stages().size() == 1
        ? text("%d", frequency.atLast())
        : frequency.stages().stream()
            .map(SettingsWriter::stage)
            .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String stage(AveragingFrequency.Stage stage) {
    return stage.untilEpoch() == AveragingFrequency.END
        ? text("{ minibatches = %d }", stage.minibatches())
        : text("{ until-epoch = %d, minibatches = %d }", stage.untilEpoch(), stage.minibatches());
  }

  private static String outer(OuterMomentum outer) {
    return text("{ momentum = %s, learning-rate = %s }", outer.momentum(), outer.learningRate());
  }

  static String architecture(Architecture architecture) {
    return text(
        """
          %s {
        %s    layers = [
        %s    ]
            loss = %s
            optimizer { %s }
            batch = %d
            epochs = %d
        %s  }
        """,
        ConfigUtil.quoteString(architecture.name()),
        base(architecture.base()),
        architecture.layers().stream()
            .map(layer -> "      { " + layer(layer) + " }\n")
            .collect(Collectors.joining()),
        Entry.word(architecture.loss()),
        optimizer(architecture.optimizer()),
        architecture.batch(),
        architecture.epochs(),
        RecipeWriter.lines(architecture.recipe()).stream()
            .map(line -> "    " + line + "\n")
            .collect(Collectors.joining()));
  }

  private static String base(Base base) {
    return base instanceof Base.Saved saved
        ? text(
            "    base { model = %s, keep = %s, freeze = %s }\n",
            ConfigUtil.quoteString(saved.model()),
            ConfigUtil.quoteString(saved.keep()),
            ConfigUtil.quoteString(saved.freeze()))
        : "";
  }

  private static String layer(Layer layer) {
    if (layer instanceof Layer.Convolving conv) {
      return text(
          "%s = %d, kernel = [%d, %d], stride = [%d, %d], padding = %s, activation = %s",
          conv instanceof Layer.Convolution ? "conv" : "separable-conv",
          conv.filters(),
          conv.kernelHeight(),
          conv.kernelWidth(),
          conv.strideHeight(),
          conv.strideWidth(),
          Entry.word(conv.padding()),
          Entry.word(conv.activation()));
    }
    if (layer instanceof Layer.BatchNormalization norm) {
      return text(
          "batch-norm = %s, activation = %s", norm.momentum(), Entry.word(norm.activation()));
    }
    if (layer instanceof Layer.GlobalPooling pool) {
      return text("global-pool = %s", Entry.word(pool.kind()));
    }
    if (layer instanceof Layer.Residual residual) {
      return text(
          "residual = [%s], activation = %s",
          residual.branch().stream()
              .map(each -> "{ " + layer(each) + " }")
              .collect(Collectors.joining(", ")),
          Entry.word(residual.activation()));
    }
    if (layer instanceof Layer.Pooling pool) {
      return text(
          "pool = %s, kernel = [%d, %d], stride = [%d, %d]",
          Entry.word(pool.kind()),
          pool.kernelHeight(),
          pool.kernelWidth(),
          pool.strideHeight(),
          pool.strideWidth());
    }
    if (layer instanceof Layer.Dense dense) {
      return text("dense = %d, activation = %s", dense.units(), Entry.word(dense.activation()));
    }
    return text("dropout = %s", ((Layer.Dropout) layer).rate());
  }

  static String optimizer(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Adam adam) {
      return text(
          "name = adam, learning-rate = %s, beta1 = %s, beta2 = %s, epsilon = %s",
          adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    }
    if (optimizer instanceof Optimizer.Nesterov nesterov) {
      return text(
          "name = nesterov, learning-rate = %s, momentum = %s",
          nesterov.learningRate(), nesterov.momentum());
    }
    return text("name = sgd, learning-rate = %s", optimizer.learningRate());
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
