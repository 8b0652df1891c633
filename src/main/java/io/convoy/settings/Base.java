package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import io.convoy.failure.UserException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a network begins with, before its own layers. */
public sealed interface Base extends Serializable {
  /** As many layers as can be kept, or of those frozen. */
  String ALL = "all";

  /** The key of its block. */
  String KEY = "base";

  /** What it begins with, if that is a network in a file. */
  Optional<Pretrained> pretrained();

  /** Reads the key {@code base} of an architecture's block, which may be left out. */
  static Base read(Section block) {
    Optional<Entry> base = block.present(KEY);
    return base.isEmpty() ? new None() : Pretrained.of(base.get());
  }

  /** Nothing: all of its layers are new. */
  record None() implements Base {
    @Override
    public Optional<Pretrained> pretrained() {
      return Optional.empty();
    }
  }

  /** The first layers of a network in a file. */
  sealed interface Pretrained extends Base {
    /** The file, or where it is one of DL4J's also the folder of an architecture's models. */
    String file();

    /** The last layer that is kept; {@link #ALL} but the output layer. */
    String keep();

    /**
     * The last layer that training leaves alone, with those that it reads; {@code 0} for none,
     * {@link #ALL} that are kept.
     */
    String freeze();

    /**
     * What is to be done with it, by the kind of its file.
     *
     * @param saved where it is one of DL4J's
     * @param onnx where it is one of ONNX
     */
    <T> T kind(Function<Saved, T> saved, Function<Onnx, T> onnx);

    /** Its block, without the braces. */
    String hocon();

    @Override
    default Optional<Pretrained> pretrained() {
      return Optional.of(this);
    }

    private static Pretrained of(Entry entry) {
      Section base = entry.section(entry.name() + ".");
      base.allow(
          List.of(Saved.MODEL, Onnx.ONNX, Saved.KEEP, Saved.FREEZE, Onnx.MEAN, Onnx.DEVIATION));
      Optional<Entry> model = base.present(Saved.MODEL);
      Optional<Entry> onnx = base.present(Onnx.ONNX);
      if (model.isPresent() && onnx.isPresent()) {
        throw new UserException(
            "%s%s has both a model and an onnx, and a network begins with one file: take the other"
                + " away, or set it to null.",
            Place.of(onnx.get().value().origin()), entry.name());
      }
      if (base.optional(Saved.MODEL).isEmpty() && base.optional(Onnx.ONNX).isEmpty()) {
        throw new UserException(
            "%s%s has no model and no onnx: add the file that it begins with.",
            Place.of(entry.value().origin()), entry.name());
      }
      return onnx.isPresent() ? Onnx.of(base, onnx.get()) : Saved.of(base);
    }

    private static String place(Entry file) {
      return file.text()
          .filter(place -> !place.isBlank())
          .orElseThrow(() -> file.mustBe("the file of a model, in quotes"));
    }

    private static String layer(Section base, String key) {
      return base.optional(key)
          .map(
              entry ->
                  entry
                      .text()
                      .orElseThrow(
                          () -> entry.mustBe("all, a layer's number, or in a graph its name")))
          .orElse(ALL);
    }
  }

  /**
   * The first layers of a network that DL4J's {@code ModelSerializer} or convoy wrote. A layer is
   * named by its number, from 1, or in a graph by its name.
   *
   * @param file the file, or the folder of an architecture's models
   * @param keep see {@link Pretrained#keep}
   * @param freeze see {@link Pretrained#freeze}
   */
  record Saved(String file, String keep, String freeze) implements Pretrained {
    private static final String MODEL = "model";
    private static final String KEEP = "keep";
    private static final String FREEZE = "freeze";

    /** Refuses nulls. */
    public Saved {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(keep, "keep");
      Objects.requireNonNull(freeze, "freeze");
    }

    @Override
    public <T> T kind(Function<Saved, T> saved, Function<Onnx, T> onnx) {
      return saved.apply(this);
    }

    private static Saved of(Section base) {
      for (String key : List.of(Onnx.MEAN, Onnx.DEVIATION)) {
        base.present(key)
            .ifPresent(
                entry -> {
                  throw new UserException(
                      "%s%s belongs to a base that is an ONNX file (onnx = FILE), and a model of"
                          + " DL4J's has its own: leave it out.",
                      Place.of(entry.value().origin()), entry.name());
                });
      }
      return new Saved(
          Pretrained.place(base.entry(MODEL)),
          Pretrained.layer(base, KEEP),
          Pretrained.layer(base, FREEZE));
    }

    @Override
    public String hocon() {
      return "model = %s, keep = %s, freeze = %s"
          .formatted(
              ConfigUtil.quoteString(file),
              ConfigUtil.quoteString(keep),
              ConfigUtil.quoteString(freeze));
    }
  }

  /**
   * The first layers of a network in an ONNX file, each a node of its graph.
   *
   * @param file the file
   * @param keep see {@link Pretrained#keep}; a node by its name, or by that of its output
   * @param freeze see {@link Pretrained#freeze}
   * @param mean is taken off the red, green and blue of the pixels, 0 to 1
   * @param deviation they are then divided by, above 0
   */
  record Onnx(String file, String keep, String freeze, List<Double> mean, List<Double> deviation)
      implements Pretrained {
    private static final String ONNX = "onnx";
    private static final String MEAN = "mean";
    private static final String DEVIATION = "deviation";

    /** Of the photos of ImageNet, on which most such networks were trained. */
    public static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);

    /** Of the photos of ImageNet. */
    public static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);

    /** Copies the lists, and refuses nulls. */
    public Onnx {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(keep, "keep");
      Objects.requireNonNull(freeze, "freeze");
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
    }

    @Override
    public <T> T kind(Function<Saved, T> saved, Function<Onnx, T> onnx) {
      return onnx.apply(this);
    }

    private static Onnx of(Section base, Entry file) {
      return new Onnx(
          Pretrained.place(file),
          Pretrained.layer(base, Saved.KEEP),
          Pretrained.layer(base, Saved.FREEZE),
          base.present(MEAN)
              .map(entry -> colours(entry, "a number from -1000 to 1000", -1000))
              .orElse(IMAGENET_MEAN),
          base.present(DEVIATION)
              .map(entry -> colours(entry, "a number from 0.0001 to 1000", 1e-4))
              .orElse(IMAGENET_DEVIATION));
    }

    private static List<Double> colours(Entry entry, String requirement, double least) {
      String three = "three numbers, of red, green and blue, as in [0.485, 0.456, 0.406]";
      List<Entry> numbers = entry.list(three);
      if (numbers.size() != 3) {
        throw entry.mustBe(three);
      }
      return numbers.stream()
          .map(each -> each.number(requirement, number -> number >= least && number <= 1000))
          .toList();
    }

    @Override
    public String hocon() {
      return "onnx = %s, keep = %s, freeze = %s, mean = %s, deviation = %s"
          .formatted(
              ConfigUtil.quoteString(file),
              ConfigUtil.quoteString(keep),
              ConfigUtil.quoteString(freeze),
              list(mean),
              list(deviation));
    }

    private static String list(List<Double> numbers) {
      return numbers.stream()
          .map(number -> Double.toString(number))
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }
}
