package io.convoy.job;

import io.convoy.modelfile.ModelFile;
import io.convoy.storage.Storage;
import java.util.Optional;

/**
 * Where the files of a run lie in its folder.
 *
 * @param folder of the run
 */
public record RunFiles(Storage folder) {
  static final String CONF = "run.conf";
  static final String PROVENANCE = "provenance.json";
  private static final String TABLES = "tables";
  private static final String MODELS = "models";

  /** Is there once the run is finished. */
  static final String MARKER = TABLES + "/metrics.parquet/_SUCCESS";

  /** The run that a model's file lies in, {@code RUN/models/NAME/FILE}; empty where it is alone. */
  static Optional<RunFiles> around(Storage model) {
    Storage models = model.parent().parent();
    return models.name().equals(MODELS)
        ? Optional.of(new RunFiles(models.parent()))
        : Optional.empty();
  }

  /** Which runs of a tracking server are of this folder. */
  Storage tracking() {
    return folder.child("tracking.json");
  }

  /** The run's settings. */
  Storage conf() {
    return folder.child(CONF);
  }

  /** What made the run. */
  Storage provenance() {
    return folder.child(PROVENANCE);
  }

  boolean isFinished() {
    return folder.child(MARKER).exists();
  }

  /** The folder of the tables. */
  public Storage tables() {
    return folder.child(TABLES);
  }

  /** A table as Parquet. */
  public Storage table(String name) {
    return tables().child(name + ".parquet");
  }

  /** The best model of an architecture. */
  public Storage bestModel(String architecture) {
    return models(architecture).child(ModelFile.BEST);
  }

  /** The model of an architecture after its last epoch. */
  public Storage lastModel(String architecture) {
    return models(architecture).child(ModelFile.LAST);
  }

  private Storage models(String architecture) {
    return models().child(architecture);
  }

  /** The folder of all models. */
  Storage models() {
    return folder.child(MODELS);
  }

  /** The folder of all checkpoints, which a finished run does not have. */
  Storage checkpoints() {
    return folder.child("checkpoints");
  }

  /** A copy of a log. */
  Storage log(String name) {
    return folder.child("logs").child(name);
  }

  /** The page with the results. */
  public Storage page() {
    return folder.child("report/index.html");
  }
}
