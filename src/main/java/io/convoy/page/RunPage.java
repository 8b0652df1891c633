package io.convoy.page;

import io.convoy.image.ImageSize;
import io.convoy.report.RepeatTable.Repeated;
import io.convoy.report.SavedTables.RejectedFiles;
import io.convoy.report.TrialRow;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows of one run.
 *
 * @param name to tell it from others by
 * @param place its folder
 * @param state whether more is to come
 * @param classes in the order of their labels
 * @param data what it was trained and measured on
 * @param architectures in the order of the settings
 * @param photos what is known of the data set
 * @param rejected files that could not be used
 * @param origin what makes it again
 * @param experiments trials and repeats, where there are any
 */
public record RunPage(
    String name,
    String place,
    State state,
    List<String> classes,
    Data data,
    List<ArchitecturePage> architectures,
    Photos photos,
    RejectedFiles rejected,
    Origin origin,
    Experiments experiments) {

  /**
   * What many trainings come to together.
   *
   * @param trials of the search that the run's architectures come from; none where there was none
   * @param repeats the means over trainings that differ in their seeds, or in the photos that
   *     validate, alone; none where there are none
   */
  public record Experiments(List<TrialRow> trials, List<RepeatedTrainings> repeats) {
    /** Of a run that comes from no search, and has no repeats. */
    public static final Experiments NONE = new Experiments(List.of(), List.of());
  }

  /**
   * A mean over repeated trainings.
   *
   * @param mean as the table has it
   * @param each the metric of each training, in their order; NaN where it is not defined
   */
  public record RepeatedTrainings(Repeated mean, List<Double> each) {}

  /** Whether a run has come to its end. */
  public enum State {
    FINISHED,
    UNFINISHED
  }

  /**
   * What a run was trained and measured on, as far as it is known.
   *
   * @param images the folder of the photos
   * @param contentHash of all examples
   * @param trainImages in the training split; 0 where it is not known
   * @param heldOut the splits that networks were measured on, by their keys
   */
  public record Data(
      Optional<String> images,
      Optional<String> contentHash,
      long trainImages,
      Map<String, HeldOut> heldOut) {

    /** Copies the map, in its order. */
    public Data {
      heldOut = Collections.unmodifiableMap(new LinkedHashMap<>(heldOut));
    }
  }

  /**
   * The photos of a split.
   *
   * @param images how many
   * @param fingerprint equal for the same paths with the same labels, in any order
   */
  public record HeldOut(long images, long fingerprint) {}

  /**
   * The photos of a run.
   *
   * @param survey of their shapes; none where the data set is gone
   * @param missing why there is no survey, a sentence; empty where there is one
   */
  public record Photos(Optional<Survey> survey, String missing) {

    /** Of a data set that is there. */
    public static Photos of(Survey survey) {
      return new Photos(Optional.of(survey), "");
    }

    /** Of one that is not. */
    public static Photos missing(String why) {
      return new Photos(Optional.empty(), why);
    }
  }

  /**
   * Shapes and splits of a data set.
   *
   * @param input what each photo is squeezed to
   * @param splits with the images of each class
   * @param shapes the most common first; the rest is only counted
   * @param distinct how many shapes there are
   */
  public record Survey(
      ImageSize input, List<SplitSize> splits, List<ShapeCount> shapes, long distinct) {

    /** How many images a split has of each class, in the order of the labels. */
    public record SplitSize(String split, List<Integer> perClass) {}

    /** How many photos have a shape. */
    public record ShapeCount(ImageSize shape, long photos) {}
  }

  /**
   * What makes a run again.
   *
   * @param facts of the machine, the versions and the data, in words
   * @param command that makes it again; none where the photos' folder is not known
   * @param conf the settings as text
   * @param provenance as text; none where it is lost
   */
  public record Origin(
      List<Fact> facts, Optional<String> command, String conf, Optional<String> provenance) {

    /** A name and a value. */
    public record Fact(String name, String value) {}
  }
}
