package io.convoy.settings;

import java.io.Serializable;
import java.util.List;

/**
 * The update rule of gradient descent, a block such as {@code { name = sgd, learning-rate = 1 }}.
 */
public sealed interface Optimizer extends Serializable {
  String LEARNING_RATE = "learning-rate";
  String MOMENTUM = "momentum";
  String BETA1 = "beta1";
  String BETA2 = "beta2";
  String EPSILON = "epsilon";

  /** Size of a step, above 0. */
  double learningRate();

  /** Its usual name and its constants, without the learning rate. */
  String words();

  /** Its block, without the braces. */
  String hocon();

  /** What is to be had of each optimizer. */
  <R> R match(Cases<R> cases);

  /** A case for each optimizer. */
  interface Cases<R> {
    R adam(Adam adam);

    R nesterov(Nesterov nesterov);

    R sgd(Sgd sgd);
  }

  /** Reads an optimizer's block. */
  static Optimizer read(Section block) {
    return Kind.read(
        block,
        List.of(
            new Kind<>("adam", List.of(LEARNING_RATE, BETA1, BETA2, EPSILON), Adam::of),
            new Kind<>("nesterov", List.of(LEARNING_RATE, MOMENTUM), Nesterov::of),
            new Kind<>("sgd", List.of(LEARNING_RATE), Sgd::of)));
  }

  private static double rate(Section block) {
    return block.entry(LEARNING_RATE).positive();
  }

  /** Adam (Kingma and Ba 2015); both betas 0 to 1 (exclusive), epsilon above 0. */
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements Optimizer {

    private static Optimizer of(Section block) {
      return new Adam(
          rate(block),
          block.decay(BETA1, 0.9),
          block.decay(BETA2, 0.999),
          block.optional(EPSILON).map(Entry::positive).orElse(1e-8));
    }

    @Override
    public String words() {
      return "Adam, \u03b21 %s, \u03b22 %s, \u03b5 %s".formatted(beta1, beta2, epsilon);
    }

    @Override
    public String hocon() {
      return "name = adam, learning-rate = %s, beta1 = %s, beta2 = %s, epsilon = %s"
          .formatted(learningRate, beta1, beta2, epsilon);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.adam(this);
    }
  }

  /** Nesterov's accelerated gradient; momentum 0 to 1 (exclusive). */
  record Nesterov(double learningRate, double momentum) implements Optimizer {

    private static Optimizer of(Section block) {
      return new Nesterov(rate(block), block.decay(MOMENTUM, 0.9));
    }

    @Override
    public String words() {
      return "Nesterov, momentum " + momentum;
    }

    @Override
    public String hocon() {
      return "name = nesterov, learning-rate = %s, momentum = %s".formatted(learningRate, momentum);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.nesterov(this);
    }
  }

  /** Plain stochastic gradient descent. */
  record Sgd(double learningRate) implements Optimizer {

    private static Optimizer of(Section block) {
      return new Sgd(rate(block));
    }

    @Override
    public String words() {
      return "SGD";
    }

    @Override
    public String hocon() {
      return "name = sgd, learning-rate = " + learningRate;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sgd(this);
    }
  }
}
