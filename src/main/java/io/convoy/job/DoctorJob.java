package io.convoy.job;

import io.convoy.cli.DoctorCommand;
import io.convoy.doctor.Doctor;
import io.convoy.doctor.Finding;
import io.convoy.doctor.FindingsTable;
import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.util.List;
import java.util.Optional;

/** {@code doctor}: checks what a run needs, and prints a table of it. */
public final class DoctorJob {
  private final Context context;

  public DoctorJob(Context context) {
    this.context = context;
  }

  /**
   * Checks, and prints.
   *
   * @throws UserException if a check fails
   */
  public void run(DoctorCommand command) {
    SettingsFiles.resolve(command.settings(), context);
    String images = qualified(command.images());
    String out = qualified(command.out());
    if (!images.isEmpty() && !out.isEmpty()) {
      refuseOverlap(images, out);
    }
    List<Finding> findings = open().examine(images, out);
    context.print("%s", FindingsTable.render(findings));
    long failed = findings.stream().filter(Finding::failed).count();
    if (failed > 0) {
      throw new UserException("%d of %d checks failed.", failed, findings.size());
    }
  }

  /** Where Spark does not start, the driver's own checks may tell why. */
  private Doctor open() {
    try {
      return new Doctor(context.spark().get().sparkContext(), context.hadoop());
    } catch (UserException noSpark) {
      return new Doctor(noSpark, context.hadoop());
    }
  }

  /** An executor has another working folder; what cannot be reached is left for a check to tell. */
  private String qualified(Optional<String> place) {
    try {
      return place.map(context::storage).map(Storage::toString).orElse("");
    } catch (UserException e) {
      return place.orElseThrow();
    }
  }

  /** The output is written to, and an input never is. */
  private void refuseOverlap(String images, String out) {
    Location input;
    Location output;
    try {
      input = Location.of(context.storage(images));
      output = Location.of(context.storage(out));
    } catch (UserException e) {
      return;
    }
    if (input.holds(output) || output.holds(input)) {
      throw new UserException(
          "--out %s is, holds or lies inside the input %s; choose another folder.", out, images);
    }
  }
}
