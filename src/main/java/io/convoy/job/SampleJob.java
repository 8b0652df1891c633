package io.convoy.job;

import io.convoy.cli.SampleCommand;
import io.convoy.failure.Amount;
import io.convoy.sample.SampleAction;
import io.convoy.storage.Storage;

/** {@code sample}: draws made-up photos. */
public final class SampleJob {
  private final Context context;

  public SampleJob(Context context) {
    this.context = context;
  }

  /** Draws them. */
  public void run(SampleCommand.Drawings command) {
    Storage out = context.storage(command.out());
    Outputs.check(out, command.existing());
    var spark = context.spark().get();
    Outputs.empty(out);
    SampleAction sample = new SampleAction(spark);
    if (command.classes().isPresent()) {
      int classes = command.classes().getAsInt();
      sample.drawFigures(out.toString(), command.images(), classes, command.seed());
      context.print(
          "%s: %s in %,d classes, seed %d%n",
          out, Amount.of(command.images(), "drawing"), classes, command.seed());
    } else {
      sample.drawAnimals(out.toString(), command.images(), command.seed());
      context.print(
          "%s: %s, seed %d%n", out, Amount.of(command.images(), "drawing"), command.seed());
    }
  }
}
