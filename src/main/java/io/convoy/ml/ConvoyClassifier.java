package io.convoy.ml;

import io.convoy.Convoy;
import io.convoy.Run;
import io.convoy.RunRequest;
import io.convoy.TrainedModel;
import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains networks on the photos of a column, as the command {@code run} does on a folder, and gives
 * the one with the lowest mean squared error on validation.
 *
 * <pre>{@code
 * ConvoyModel model =
 *     new ConvoyClassifier()
 *         .setLabelCol("animal")
 *         .setArchitectures(new String[] {"conv24"})
 *         .setRunFolder("hdfs:///runs/from-table")
 *         .fit(photos);
 * }</pre>
 *
 * <p>The label is a text, which names the class, or an index as Spark ML's {@code StringIndexer}
 * gives it. The photos are written as files below the folder of the run while it goes on; a photo
 * that is there twice counts once. The run stays there with its tables, models and page.
 */
public final class ConvoyClassifier extends Estimator<ConvoyModel>
    implements PhotoParams<ConvoyClassifier>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final PhotoColumns columns;
  private final Param<String> labelCol;
  private final Param<String> runFolder;
  private final StringArrayParam confs;
  private final StringArrayParam settings;
  private final StringArrayParam architectures;
  private final IntParam epochs;

  /** With an identity of its own. */
  public ConvoyClassifier() {
    this(Identifiable$.MODULE$.randomUID("convoyClassifier"));
  }

  /** With an identity that is given. */
  public ConvoyClassifier(String uid) {
    this.uid = uid;
    this.columns = PhotoColumns.of(this);
    this.labelCol =
        new Param<>(this, "labelCol", "column of the class: its name, or its index from 0");
    this.runFolder =
        new Param<>(
            this, "runFolder", "a new folder for the run, on a file system that executors write");
    this.confs = new StringArrayParam(this, "confs", "conf files, the later over the earlier");
    this.settings =
        new StringArrayParam(
            this, "settings", "settings over the conf files, as in images.height=64");
    this.architectures =
        new StringArrayParam(
            this, "architectures", "which of the settings are trained; all where empty");
    this.epochs =
        new IntParam(
            this,
            "epochs",
            "of every architecture, instead of its own number",
            ParamValidators.gtEq(1));
    columns.setDefaults(this);
    setDefault(labelCol, "label");
    setDefault(confs, new String[0]);
    setDefault(settings, new String[0]);
    setDefault(architectures, new String[0]);
  }

  /** Reads what {@code save} wrote. */
  public static ConvoyClassifier load(String path) {
    return read().load(path);
  }

  /** Reads what {@code write} wrote. */
  public static MLReader<ConvoyClassifier> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public PhotoColumns columns() {
    return columns;
  }

  /** The column of the class: its name, or its index from 0. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** See {@link #labelCol}. */
  public String getLabelCol() {
    return getOrDefault(labelCol);
  }

  /** See {@link #labelCol}; {@code label} by default. */
  public ConvoyClassifier setLabelCol(String column) {
    set(labelCol, column);
    return this;
  }

  /** A new folder for the run, on a file system that the executors write too. */
  public Param<String> runFolder() {
    return runFolder;
  }

  /** See {@link #runFolder}. */
  public String getRunFolder() {
    return getOrDefault(runFolder);
  }

  /** See {@link #runFolder}; there is no default. */
  public ConvoyClassifier setRunFolder(String folder) {
    set(runFolder, folder);
    return this;
  }

  /** Conf files, the later over the earlier. */
  public StringArrayParam confs() {
    return confs;
  }

  /** See {@link #confs}. */
  public String[] getConfs() {
    return getOrDefault(confs);
  }

  /** See {@link #confs}; none by default, which are the tutorial's networks. */
  public ConvoyClassifier setConfs(String[] files) {
    set(confs, files);
    return this;
  }

  /** Settings over the conf files, as in {@code images.height=64}. */
  public StringArrayParam settings() {
    return settings;
  }

  /** See {@link #settings}. */
  public String[] getSettings() {
    return getOrDefault(settings);
  }

  /** See {@link #settings}; none by default. */
  public ConvoyClassifier setSettings(String[] assignments) {
    set(settings, assignments);
    return this;
  }

  /** Which architectures of the settings are trained; all where empty. */
  public StringArrayParam architectures() {
    return architectures;
  }

  /** See {@link #architectures}. */
  public String[] getArchitectures() {
    return getOrDefault(architectures);
  }

  /** See {@link #architectures}; all by default. */
  public ConvoyClassifier setArchitectures(String[] names) {
    set(architectures, names);
    return this;
  }

  /** How many epochs every architecture is trained, instead of its own number. */
  public IntParam epochs() {
    return epochs;
  }

  /** See {@link #epochs}. */
  public int getEpochs() {
    return (int) getOrDefault(epochs);
  }

  /** See {@link #epochs}; each architecture's own number by default. */
  public ConvoyClassifier setEpochs(int number) {
    set(epochs, number);
    return this;
  }

  @Override
  public ConvoyClassifier copy(ParamMap extra) {
    return copyValues(new ConvoyClassifier(uid), extra);
  }

  /**
   * Trains.
   *
   * @throws IllegalArgumentException if a column is missing or of another type
   * @throws UserException for what a user can mend, such as a setting or a class without photos
   */
  @Override
  public ConvoyModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    if (!isDefined(runFolder)) {
      throw new IllegalArgumentException(
          "ConvoyClassifier has no folder for its run; name a new one with setRunFolder.");
    }
    Storage folder = TrainedNetwork.storage(dataset.sparkSession(), getRunFolder());
    if (!folder.children().isEmpty()) {
      throw new UserException("%s is not empty; name another with setRunFolder.", folder);
    }
    Storage photos = folder.child("photos");
    Storage run = folder.child("run");
    try {
      List<String> classes =
          new PhotoFiles(dataset.toDF(), getFeaturesCol(), getLabelCol()).write(photos);
      TrainedModel best = train(dataset, photos, run, folder.child("datasets"), classes);
      return model(dataset, best);
    } finally {
      photos.delete();
    }
  }

  private TrainedModel train(
      Dataset<?> dataset, Storage photos, Storage run, Storage datasets, List<String> classes) {
    RunRequest request =
        Convoy.run(dataset.sparkSession(), photos.toString())
            .datasets(datasets.toString())
            .progress(line -> log().info(line))
            .architectures(getArchitectures());
    for (String file : getConfs()) {
      request = request.conf(file);
    }
    for (String assignment : getSettings()) {
      String[] parts = assignment.split("=", 2);
      if (parts.length < 2) {
        throw new UserException(
            "settings: %s is no KEY=VALUE, as in images.height=64.", assignment);
      }
      request = request.set(parts[0].strip(), parts[1].strip());
    }
    // A name of hexadecimal digits may begin as a class is called.
    request = request.set("images.classes", classes).set("images.label-rule", "folder");
    Run done = (isDefined(epochs) ? request.epochs(getEpochs()) : request).writeTo(run.toString());
    return done.best()
        .orElseThrow(
            () ->
                new UserException(
                    "%s: no architecture could be trained: %s.",
                    done.folder(), done.models().get(0).failure().orElse("")));
  }

  private ConvoyModel model(Dataset<?> dataset, TrainedModel best) {
    Storage file = TrainedNetwork.storage(dataset.sparkSession(), best.file());
    return copyValues(new ConvoyModel(uid, TrainedNetwork.at(file)), new ParamMap())
        .setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    PhotoColumn.of(schema, getFeaturesCol());
    PhotoFiles.requireLabels(schema, getLabelCol());
    return ConvoyModel.extended(schema, ConvoyModel.outputs(this), NominalAttribute.defaultAttr());
  }
}
