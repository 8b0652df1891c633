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
    new SampleAction(spark).draw(out.toString(), command.images(), command.seed());
    context.print("%s: %s, seed %d%n", out, Amount.of(command.images(), "drawing"), command.seed());
  }
}
