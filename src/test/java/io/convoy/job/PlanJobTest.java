package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.PlanCommand;
import io.convoy.engine.Natives;
import io.convoy.failure.UserException;
import io.convoy.settings.Precision;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanJobTest {
  /** More than any machine has. */
  private static final int CORES = 4096;

  @TempDir Path folder;

  private static PlanCommand plan(int executors, int images, SettingsSource settings) {
    return new PlanCommand(executors, CORES, OptionalInt.of(images), 10, settings);
  }

  private String mistake(PlanCommand command) {
    Context context = new Workplace(folder).contextWithoutSpark();
    PlanJob job = new PlanJob(context);
    return assertThrows(UserException.class, () -> job.run(command)).getMessage();
  }

  @Test
  void aRowAnArchitectureIsPredictedFromWhatIsMeasured() {
    Workplace workplace = new Workplace(folder);
    new PlanJob(workplace.context()).run(plan(3, 480, Workplace.tinySettings()));
    String out = workplace.out();
    assertTrue(out.startsWith("Measured here: "), out);
    assertTrue(out.contains("\nAssumed: 480 training images; "), out);
    assertTrue(out.contains("; 4,096 cores by Amdahl's law, this machine has "), out);
    assertTrue(out.matches("(?s).*\nwide +\\d+\\.\\d +\\d+\\.\\d\\d +5 .*"), out);
    assertTrue(out.matches("(?s).*\ndeep +\\d+\\.\\d +\\d+\\.\\d\\d +5 .*"), out);
    assertTrue(out.contains("Fewer averagings cost accuracy, which is not predicted.\n"), out);
    assertTrue(out.endsWith("; train.parallel = averaging with these settings.\n"), out);
    assertEquals(4, workplace.err().lines().count(), workplace.err());
  }

  @Test
  void aStepOfTheWholeMinibatchIsMeasuredBesideThatOfAPart() {
    Workplace workplace = new Workplace(folder);
    SettingsSource shared = Workplace.settings(Map.of("train.batch-of", "all-workers"));
    new PlanJob(workplace.context()).run(plan(3, 480, shared));
    String err = workplace.err();
    assertTrue(err.contains("plan deep: a step of 8 images takes "), err);
    assertTrue(err.contains("plan deep: a step of 3 images takes "), err);
  }

  @Test
  void stepsAreMeasuredInThePrecisionThatTheSettingsAskFor() {
    boolean canHalve = Natives.here("this machine", 1).precisions().contains(Precision.BFLOAT16);
    Workplace workplace = new Workplace(folder);
    SettingsSource halved =
        Workplace.settings(
            Map.of("train.precision", "auto", "architectures.wide.precision", "float32"));
    new PlanJob(workplace.context()).run(plan(3, 480, halved));
    assertEquals(canHalve, workplace.err().contains("plan: in bfloat16: deep\n"));
  }

  @Test
  void whatTheTrainingsTakeIsPredictedSideBySideAndOneAfterTheOther() {
    Workplace workplace = new Workplace(folder);
    SettingsSource repeated = Workplace.settings(Map.of("train.repeats", "2"));
    new PlanJob(workplace.context()).run(plan(3, 480, repeated));
    String out = workplace.out();
    String told =
        "(?s).*\nAll epochs: about .* with a network on each executor, about .* one after the other"
            + " on all; train.parallel = trials with these settings.\n";
    assertTrue(out.matches(told), out);
  }

  @Test
  void aSearchIsPredictedWhereTheSettingsHaveOne() {
    Workplace workplace = new Workplace(folder);
    SettingsSource searched =
        Workplace.settings(
            Map.of("search.space.batch", "{ choice = [4, 8] }", "search.trials", "6"));
    new PlanJob(workplace.context()).run(plan(3, 480, searched));
    String told = "\nA search: 6 trials, about 6 epochs instead of 6, in about ";
    assertTrue(workplace.out().contains(told), workplace.out());
  }

  @Test
  void tooFewImagesForTheWorkersAreRefusedBeforeSparkStarts() {
    String mistake = mistake(plan(100, 480, Workplace.tinySettings()));
    assertTrue(mistake.contains("480 training images are too few"), mistake);
  }

  @Test
  void aNumberOfWorkersInTheSettingsIsRefused() {
    String mistake = mistake(plan(2, 480, Workplace.settings(Map.of("train.workers", "3"))));
    assertTrue(mistake.startsWith("train.workers = 3: "), mistake);
  }
}
