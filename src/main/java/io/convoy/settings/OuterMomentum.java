package io.convoy.settings;

/**
 * A step of Nesterov's momentum from averaging to averaging, over the optimizers of the workers
 * (Wang et al. 2020, SlowMo; Douillard et al. 2023, DiLoCo).
 *
 * @param momentum 0 to below 1; 0 only scales the step
 * @param learningRate above 0
 */
public record OuterMomentum(double momentum, double learningRate) {}
