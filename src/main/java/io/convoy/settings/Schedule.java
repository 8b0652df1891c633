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

  /** Epochs of warming up, at least 0; parts of an epoch count. */
  double warmUpEpochs();

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
            new Kind<>("cosine", List.of(WARM_UP_EPOCHS, END), Cosine::of)));
  }

  private static double warmUp(Section block) {
    return block
        .optional(WARM_UP_EPOCHS)
        .map(entry -> entry.number("a number of at least 0", epochs -> epochs >= 0))
        .orElse(0.0);
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
      return new Cosine(
          warmUp(block),
          block
              .optional(END)
              .map(entry -> entry.number("a number from 0 to 1", end -> end >= 0 && end <= 1))
              .orElse(0.0));
    }

    @Override
    public double factor(double done, int epochs) {
      double falling = epochs - warmUpEpochs;
      double share = falling > 0 ? Math.min(1, (done - warmUpEpochs) / falling) : 0;
      return end + (1 - end) * (1 + Math.cos(Math.PI * share)) / 2;
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
}
