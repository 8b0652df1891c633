package io.convoy.settings;

/**
 * A recipe that is {@link Recipe#PLAIN} but for what a test is about, and stays so when recipes
 * grow.
 */
public final class Recipes {
  private Schedule schedule = Recipe.PLAIN.schedule();
  private double weightDecay = Recipe.PLAIN.weightDecay();
  private double gradientClipping = Recipe.PLAIN.gradientClipping();
  private double labelSmoothing = Recipe.PLAIN.labelSmoothing();
  private ClassWeights classWeights = Recipe.PLAIN.classWeights();
  private Stopping stopping = Recipe.PLAIN.stopping();
  private Metric best = Recipe.PLAIN.best();
  private ProgressiveResizing resizing = Recipe.PLAIN.resizing();

  private Recipes() {}

  public static Recipes plain() {
    return new Recipes();
  }

  public Recipes schedule(Schedule of) {
    schedule = of;
    return this;
  }

  public Recipes weightDecay(double share) {
    weightDecay = share;
    return this;
  }

  public Recipes gradientClipping(double norm) {
    gradientClipping = norm;
    return this;
  }

  public Recipes labelSmoothing(double share) {
    labelSmoothing = share;
    return this;
  }

  public Recipes classWeights(ClassWeights weights) {
    classWeights = weights;
    return this;
  }

  public Recipes stopping(Stopping when) {
    stopping = when;
    return this;
  }

  public Recipes best(Metric metric) {
    best = metric;
    return this;
  }

  public Recipes resizing(ProgressiveResizing of) {
    resizing = of;
    return this;
  }

  public Recipe recipe() {
    return new Recipe(
        schedule,
        weightDecay,
        gradientClipping,
        Recipe.PLAIN.emaDecay(),
        labelSmoothing,
        classWeights,
        stopping,
        best,
        Recipe.PLAIN.augmentation(),
        Recipe.PLAIN.mixing(),
        resizing,
        Recipe.PLAIN.testTime(),
        Recipe.PLAIN.calibration(),
        Recipe.PLAIN.precision(),
        Recipe.PLAIN.repeat());
  }
}
