package io.convoy.settings;

import io.convoy.failure.Amount;
import java.io.Serializable;
import java.util.List;

/**
 * How the learning rate goes over the epochs, as a factor of the optimizer's; a block such as
 * {@code { name = cosine, warm-up-epochs = 3, end = 0.01 }}.
 *
 * <p>While warming up (Goyal et al. 2017) the factor rises in a line from 0 to what the schedule
 * has at the end of the warm-up.
 */
public sealed interface Schedule extends Serializable {
  String WARM_UP_EPOCHS = "warm-up-epochs";
  String EVERY_EPOCHS = "every-epochs";
  String FACTOR = "factor";
  String END = "end";
  String RISE = "rise";
  String START = "start";

  /** Epochs of warming up, at least 0; parts of an epoch count. */
  double warmUpEpochs();

  /**
   * Epochs in which it only rises, from the first on.
   *
   * @param epochs of the whole training, at least 1
   */
  default double risingEpochs(int epochs) {
    return warmUpEpochs();
  }

  /**
   * The factor behind the warm-up.
   *
   * @param done epochs that are done, at least 0, with the part of the one that is begun
   * @param epochs of the whole training, at least 1
   * @return 0 to 1
   */
  double factor(double done, int epochs);

  /** What it makes of a learning rate, to be said behind that; empty for nothing. */
  String words();

  /** Its block, without the braces. */
  String hocon();

  /** Reads a schedule's block. */
  static Schedule read(Section block) {
    return Kind.read(
        block,
        List.of(
            new Kind<>("constant", List.of(WARM_UP_EPOCHS), Constant::of),
            new Kind<>("step", List.of(WARM_UP_EPOCHS, EVERY_EPOCHS, FACTOR), Step::of),
            new Kind<>("cosine", List.of(WARM_UP_EPOCHS, END), Cosine::of),
            new Kind<>("one-cycle", List.of(RISE, START, END), OneCycle::of)));
  }

  private static double warmUp(Section block) {
    return block
        .optional(WARM_UP_EPOCHS)
        .map(entry -> entry.number("a number of at least 0", epochs -> epochs >= 0))
        .orElse(0.0);
  }

  private static double factor(Section block, String key, double usual) {
    return block
        .optional(key)
        .map(entry -> entry.number("a number from 0 to 1", end -> end >= 0 && end <= 1))
        .orElse(usual);
  }

  /** On half a cosine from one to the other, where so large a share of the way is done. */
  private static double between(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }

  /** Stays as it is. */
  record Constant(double warmUpEpochs) implements Schedule {

    private static Schedule of(Section block) {
      return new Constant(warmUp(block));
    }

    @Override
    public double factor(double done, int epochs) {
      return 1;
    }

    @Override
    public String words() {
      return "";
    }

    @Override
    public String hocon() {
      return "name = constant, warm-up-epochs = " + warmUpEpochs;
    }
  }

  /**
   * Falls in steps.
   *
   * @param everyEpochs between two steps, at least 1
   * @param factor of each step, above 0 and up to 1
   */
  record Step(double warmUpEpochs, int everyEpochs, double factor) implements Schedule {

    private static Schedule of(Section block) {
      return new Step(
          warmUp(block),
          block.entry(EVERY_EPOCHS).integer(1),
          block
              .entry(FACTOR)
              .number("a number above 0 and up to 1", factor -> factor > 0 && factor <= 1));
    }

    @Override
    public double factor(double done, int epochs) {
      return Math.pow(factor, Math.floor(done / everyEpochs));
    }

    @Override
    public String words() {
      return ", times %s every %s"
          .formatted(factor, everyEpochs == 1 ? "epoch" : Amount.of(everyEpochs, "epoch"));
    }

    @Override
    public String hocon() {
      return "name = step, warm-up-epochs = %s, every-epochs = %s, factor = %s"
          .formatted(warmUpEpochs, everyEpochs, factor);
    }
  }

  /**
   * Falls along half a cosine from the end of the warm-up to the end of training (Loshchilov and
   * Hutter 2017, without restarts).
   *
   * @param end the factor at the end of training, 0 to 1
   */
  record Cosine(double warmUpEpochs, double end) implements Schedule {

    private static Schedule of(Section block) {
      return new Cosine(warmUp(block), Schedule.factor(block, END, 0));
    }

    @Override
    public double factor(double done, int epochs) {
      double falling = epochs - warmUpEpochs;
      double share = falling > 0 ? Math.min(1, (done - warmUpEpochs) / falling) : 0;
      return between(1, end, share);
    }

    @Override
    public String words() {
      return ", along a cosine to its %s-fold".formatted(end);
    }

    @Override
    public String hocon() {
      return "name = cosine, warm-up-epochs = " + warmUpEpochs + ", end = " + end;
    }
  }

  /**
   * Rises along half a cosine and falls along another (Smith and Topin 2018, "Super-Convergence").
   * The optimizer's momentum stays as it is, where theirs goes the other way.
   *
   * @param rise share of the epochs in which it rises, above 0 and below 1
   * @param start the factor at the beginning, 0 to 1
   * @param end the factor at the end of training, 0 to 1
   */
  record OneCycle(double rise, double start, double end) implements Schedule {
    private static final double USUAL_RISE = 0.3;
    private static final double USUAL_START = 0.04;

    private static OneCycle of(Section block) {
      return new OneCycle(
          block
              .optional(RISE)
              .map(e -> e.number("a share above 0 and below 1", rise -> rise > 0 && rise < 1))
              .orElse(USUAL_RISE),
          Schedule.factor(block, START, USUAL_START),
          Schedule.factor(block, END, 0));
    }

    @Override
    public double warmUpEpochs() {
      return 0;
    }

    @Override
    public double risingEpochs(int epochs) {
      return rise * epochs;
    }

    @Override
    public double factor(double done, int epochs) {
      double top = risingEpochs(epochs);
      return done < top
          ? between(start, 1, done / top)
          : between(1, end, Math.min(1, (done - top) / (epochs - top)));
    }

    @Override
    public String words() {
      return ", in one cycle from its %s-fold up over %s of the epochs, and down to its %s-fold"
          .formatted(start, rise, end);
    }

    @Override
    public String hocon() {
      return "name = one-cycle, rise = %s, start = %s, end = %s".formatted(rise, start, end);
    }
  }
}
