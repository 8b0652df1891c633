package io.convoy.job;

import io.convoy.cli.SurveyCommand;
import io.convoy.dataset.Copies;
import io.convoy.dataset.SplitPlan;
import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.image.ImageSize;
import io.convoy.ingest.ListingSummary;
import io.convoy.ingest.PhotoListing;
import io.convoy.ingest.PhotoSurvey;
import io.convoy.ingest.PhotoSurvey.ShapeCount;
import io.convoy.ingest.PhotoSurvey.Unusable;
import io.convoy.ingest.ShownSize;
import io.convoy.ingest.SurveyAction;
import io.convoy.ingest.SurveyAction.Hashed;
import io.convoy.labels.Labeler;
import io.convoy.report.TextTable;
import io.convoy.report.TextTable.Column;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Settings;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.util.StringUtils;

/** {@code survey}: shapes, classes, splits and copies of a folder of photos. */
public final class SurveyJob {
  private static final int SHOWN_CLASSES = 100;
  private static final int SHOWN_SHAPES = 10;
  private static final int SHOWN_UNUSABLE = 20;

  private final Context context;

  public SurveyJob(Context context) {
    this.context = context;
  }

  /** Surveys and prints. */
  public void run(SurveyCommand command) {
    Settings settings = SettingsFiles.resolve(command.settings(), context).settings();
    PrepareJob.Photos photos =
        PrepareJob.look(command.images(), command.labels(), settings, context);
    SplitPlan plan = photos.plan();
    PhotoListing listing = plan.listing();
    print(photos, settings.images());
    SurveyAction survey = new SurveyAction(context.spark().get(), settings.images());
    print(
        survey.survey(listing, command.limit()),
        ShownSize.median(listing, settings.images(), context.hadoop()));
    print(survey.hashes(listing), photos.scan().labeler(), plan);
    photos.scan().requireEachClass(photos.folder().toString());
  }

  private void print(PrepareJob.Photos photos, ImageSettings images) {
    SplitPlan plan = photos.plan();
    PhotoListing listing = plan.listing();
    List<String> classes = photos.classes();
    ListingSummary scan = photos.scan();
    context.print(
        "%s: %s, %s%n",
        listing.folder(),
        Amount.of(scan.images(), "image"),
        StringUtils.TraditionalBinaryPrefix.long2String(scan.bytes(), "B", 0));
    for (int label = 0; label < Math.min(classes.size(), SHOWN_CLASSES); label++) {
      context.print(
          "  %s (label %d): %,d%n", classes.get(label), label, scan.perClass().get(label));
    }
    if (classes.size() > SHOWN_CLASSES) {
      context.print("  and %s%n", Amount.of(classes.size() - SHOWN_CLASSES, "other label"));
    }
    if (classes.size() > 2) {
      int smallest = scan.perClass().indexOf(Collections.min(scan.perClass()));
      context.print(
          "  the smallest class is %s: %,d%n",
          classes.get(smallest), scan.perClass().get(smallest));
    }
    context.print("  without a label: %,d%n", scan.unlabelled());
    photos.faults().forEach(fault -> context.print("    %s%n", fault));
    scan.labels().option().ifPresent(option -> context.print("    to learn these: %s%n", option));
    if (!listing.passedOver().isEmpty()) {
      context.print("  %s%n", listing.passedOver());
    }
    Stream.concat(plan.remarks().stream(), photos.remarkOfClasses(images).stream())
        .forEach(remark -> context.print("  %s%n", remark));
    context.print("%n");
  }

  private void print(PhotoSurvey survey, Optional<ImageSize> shown) {
    context.print("Looked into the headers of %,d of them:%n", survey.surveyed());
    TextTable shapes =
        new TextTable(
            Column.text("height x width"),
            Column.number("images", "%,d"),
            Column.number("share", "%.1f %%"));
    for (ShapeCount count : survey.shapes().stream().limit(SHOWN_SHAPES).toList()) {
      shapes.row(text(count.shape()), count.images(), 100.0 * count.images() / survey.surveyed());
    }
    context.print("%s%n", shapes.render());
    if (survey.shapes().size() > SHOWN_SHAPES) {
      context.print("and %s%n", Amount.of(survey.shapes().size() - SHOWN_SHAPES, "other shape"));
    }
    if (!survey.shapes().isEmpty()) {
      ImageSize input = survey.suggestedInput();
      context.print(
          "%nThe most common is %s; networks can do with images.height = %d, images.width = %d%n",
          text(survey.shapes().get(0).shape()), input.height(), input.width());
      ImageSize common = survey.shapes().get(0).shape();
      shown
          .filter(
              size -> size.height() * 2 <= common.height() && size.width() * 2 <= common.width())
          .ifPresent(
              size ->
                  context.print(
                      "They show no more than %s pixels would, in the median of some: they were"
                          + " enlarged, or are not sharp.%n",
                      text(size)));
    }
    context.print("Cannot be used: %,d%n", survey.unusableImages());
    for (Unusable unusable : survey.unusable().stream().limit(SHOWN_UNUSABLE).toList()) {
      context.print("  %s: %s%n", Printable.of(unusable.path()), unusable.reason());
    }
    if (survey.unusableImages() > SHOWN_UNUSABLE) {
      context.print("  and %,d more%n", survey.unusableImages() - SHOWN_UNUSABLE);
    }
  }

  /** Says which photos of those classes are the same. */
  private void print(List<Hashed> photos, Labeler labeler, SplitPlan plan) {
    Copies copies = new Copies();
    for (Hashed photo : photos) {
      labeler
          .label(photo.path())
          .ifPresent(
              label ->
                  copies.add(
                      photo.hash(),
                      new Copies.Photo(
                          photo.path(), labeler.classes().get(label), plan.split(photo.path()))));
    }
    List<String> remarks = copies.remarks();
    context.print("Copies%s%n", remarks.isEmpty() ? ": none" : " (files of equal bytes):");
    remarks.forEach(remark -> context.print("  %s%n", remark));
  }

  private static String text(ImageSize shape) {
    return shape.height() + " x " + shape.width();
  }
}
