package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.ingest.PassedOver;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoListing;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class SplitPlanTest {
  private static final Function<String, Stream<String>> NO_FILE =
      file -> {
        throw new AssertionError(file);
      };

  @Test
  void foldersAboveTheClassesAreTheSplitInAnyCapitals() {
    SplitPlan plan =
        plan(
            "by=folders",
            "Train/cats/1.jpg",
            "data/VAL/cats/2.jpg",
            "dev/dogs/3.jpg",
            "testing/dogs/4.jpg");

    assertEquals(
        Map.of(
            "Train/cats/1.jpg",
            Split.TRAIN,
            "data/VAL/cats/2.jpg",
            Split.VALIDATION,
            "dev/dogs/3.jpg",
            Split.VALIDATION,
            "testing/dogs/4.jpg",
            Split.TEST),
        plan.given());
    assertEquals(List.of("the photos come split: 1 train, 2 validation, 1 test"), plan.remarks());
  }

  @Test
  void aPhotoInNoneOfTheFoldersCannotBeUsed() {
    SplitPlan plan =
        plan("by=folders\nimages.max-rejected=0.5", "train/cats/1.jpg", "x/cats/2.jpg");

    assertTrue(plan.listing().photos().get(1).fault().startsWith("no split: in none of the"));
    assertEquals("", plan.listing().photos().get(0).fault());
    assertTrue(
        plan.remarks().get(1).startsWith("1 photo with no split: in none of the folders")
            && plan.remarks().get(1).endsWith("such as x/cats/2.jpg"),
        plan.remarks().toString());
  }

  @Test
  void tooManyPhotosInNoneOfTheFoldersAreRefused() {
    String message = refusal("by=folders", "train/cats/1.jpg", "x/cats/2.jpg");

    assertTrue(message.startsWith("file:/photos: 1 of 2 images have no split"), message);
  }

  @Test
  void withoutAFolderForTrainingNothingIsSplit() {
    String message = refusal("by=folders", "cats/1.jpg", "dogs/2.jpg");

    assertTrue(
        message.startsWith(
            "file:/photos: no image is for training: no folder and no split is called train"),
        message);
  }

  @Test
  void aClassThatIsCalledLikeASplitIsNone() {
    SplitPlan plan =
        plan("by=folders\nimages.classes=[test,cat]", "train/test/1.jpg", "train/cats/2.jpg");

    assertEquals(Split.TRAIN, plan.given().get("train/test/1.jpg"));
  }

  @Test
  void foldersThatDoNotDecideAreToldWithTheOption() {
    List<String> remarks =
        plan("by=shares", "train/cats/1.jpg", "train/cats/2.jpg", "val/dogs/1.jpg").remarks();

    assertEquals(
        List.of(
            "the folders train/ (2 photos), val/ (1 photo) do not decide the split: split.by does; to"
                + " take the split as it is there, --set split.by=folders"),
        remarks);
  }

  @Test
  void oneFolderThatIsCalledLikeASplitIsNoRemark() {
    assertEquals(List.of(), plan("by=shares", "train/cats/1.jpg", "dogs/2.jpg").remarks());
  }

  @Test
  void aClassThatIsCalledLikeASplitIsTold() {
    assertEquals(
        Optional.of(
            "train is a class, though splits are called so: where it is none, name the classes, as in"
                + " --set images.classes=[dog,cat], or give the folder train alone as --images"),
        SplitFolders.remark(List.of("test1", "train")));
    assertEquals(Optional.empty(), SplitFolders.remark(List.of("cat", "dog")));
  }

  @Test
  void namesAreFoundWithAndWithoutFolderAndExtension() {
    SplitPlan plan =
        plan(
            "by=lists\nsplit.lists{train=[\"cat.0..cat.1\",\"dogs/dog.0.jpg\"],validation=[\"dogs/dog.1\"],"
                + "test=[\"dog.2.jpg\"]}",
            "cats/cat.0.jpg",
            "cats/cat.1.jpg",
            "cats/cat.2.jpg",
            "dogs/dog.0.jpg",
            "dogs/dog.1.jpg",
            "dogs/dog.2.jpg");

    assertEquals(
        Map.of(
            "cats/cat.0.jpg",
            Split.TRAIN,
            "cats/cat.1.jpg",
            Split.TRAIN,
            "dogs/dog.0.jpg",
            Split.TRAIN,
            "dogs/dog.1.jpg",
            Split.VALIDATION,
            "dogs/dog.2.jpg",
            Split.TEST),
        plan.given());
    assertEquals(1, plan.leftOut());
    assertEquals(5, plan.listing().photos().size());
    assertEquals(
        List.of(
            "the photos come split: 3 train, 1 validation, 1 test",
            "1 photo left out, as no list names them, such as cats/cat.2.jpg"),
        plan.remarks());
  }

  @Test
  void aStarStandsForAnyCharactersOfAName() {
    SplitPlan plan =
        plan(
            "by=lists\nsplit.lists{train=[\"cats/*\"],test=[\"dog.1*\",\"bird.*\"]}",
            "cats/a.jpg",
            "cats/b/c.jpg",
            "dogs/dog.12.jpg");

    assertEquals(Map.of("cats/a.jpg", Split.TRAIN, "dogs/dog.12.jpg", Split.TEST), plan.given());
    assertEquals("1 name of split.lists without a photo, such as bird.*", plan.remarks().get(2));
  }

  @Test
  void linesOfTwoFilesMayBeginWithTheSameWordWhereTheyAreNamesAsAWhole() {
    SplitPlan plan =
        SplitPlan.of(
            listing("Golden Retriever/1.jpg", "Golden Retriever/2.jpg"),
            settings("by=lists\nsplit.lists{train=t.txt,test=u.txt}"),
            SplitPlan.Sources.of(
                file -> Stream.of("Golden Retriever/" + (file.equals("t.txt") ? 1 : 2) + ".jpg")));

    assertEquals(Optional.of(Split.TRAIN), plan.split("Golden Retriever/1.jpg"));
    assertEquals(Optional.of(Split.TEST), plan.split("Golden Retriever/2.jpg"));
  }

  @Test
  void aFirstWordInTwoFilesIsRefused() {
    UserException e =
        assertThrows(
            UserException.class,
            () ->
                SplitPlan.of(
                    listing("a.jpg"),
                    settings("by=lists\nsplit.lists{train=t.txt,test=u.txt}"),
                    SplitPlan.Sources.of(file -> Stream.of(file.equals("t.txt") ? "a 1" : "a 2"))));

    assertEquals(
        "split.lists: a is in two lists, train and test: leave it out of one.", e.getMessage());
  }

  @Test
  void listedNamesWithoutAPhotoAreTold() {
    List<String> remarks =
        plan("by=lists\nsplit.lists.train=[\"cat.0..cat.9\"]", "cat.3.jpg").remarks();

    assertEquals("9 names of split.lists without a photo, such as cat.0", remarks.get(1));
  }

  @Test
  void aNameInTwoListsIsRefused() {
    assertEquals(
        "split.lists: cat.5 is in two lists, train and test: leave it out of one.",
        refusal(
            "by=lists\nsplit.lists{train=[\"cat.0..cat.5\"],test=[\"cat.5..cat.9\"]}",
            "cat.5.jpg"));
  }

  @Test
  void aPhotoThatTwoListsNameInTwoWaysIsRefused() {
    assertEquals(
        "split.lists: cats/cat.5.jpg is in two lists, test and train: leave it out of one.",
        refusal("by=lists\nsplit.lists{train=[cat.5],test=[cats/cat.5]}", "cats/cat.5.jpg"));
  }

  @Test
  void textFilesOfNamesAreReadWhateverFollowsThem() {
    Map<String, List<String>> files =
        Map.of(
            "trainval.txt",
            List.of("# Image CLASS-ID", "Abyssinian_100 1 1 1", "", "a b.jpg"),
            "test.txt",
            List.of("./cats/x.jpg"));

    SplitPlan plan =
        SplitPlan.of(
            listing("Abyssinian_100.jpg", "a b.jpg", "cats/x.jpg"),
            settings("by=lists\nsplit.lists{train=trainval.txt,test=test.txt}"),
            SplitPlan.Sources.of(file -> files.get(file).stream()));

    assertEquals(
        Map.of("Abyssinian_100.jpg", Split.TRAIN, "a b.jpg", Split.TRAIN, "cats/x.jpg", Split.TEST),
        plan.given());
    assertEquals(1, plan.remarks().size(), plan.remarks().toString());
  }

  @Test
  void listsThatNameNoPhotoForTrainingAreRefusedWithAPhoto() {
    String message = refusal("by=lists\nsplit.lists.train=[\"dog.1\"]", "cats/cat.5.jpg");

    assertTrue(
        message.startsWith(
            "file:/photos: none of its images (1), such as cats/cat.5.jpg, is named in split.lists.train (1"
                + " name of split.lists without a photo, such as dog.1)."),
        message);
  }

  @Test
  void theColumnOfTheLabelFileIsTheSplit() {
    Map<String, String> column = Map.of("cat.1.jpg", "Train", "cat.2.jpg", "val", "cat.3.jpg", "");

    SplitPlan plan =
        SplitPlan.of(
            listing("cat.1.jpg", "cat.2.jpg", "cat.3.jpg"),
            settings("by=labels\nimages.max-rejected=0.5"),
            new SplitPlan.Sources(
                NO_FILE,
                Optional.of(path -> Optional.ofNullable(column.get(path))),
                Optional.empty()));

    assertEquals(Map.of("cat.1.jpg", Split.TRAIN, "cat.2.jpg", Split.VALIDATION), plan.given());
    assertTrue(
        plan.listing().photos().get(2).fault().startsWith("no split: the label file has none"));
  }

  @Test
  void aSplitByLabelsWantsTheFile() {
    String message = refusal("by=labels", "cat.1.jpg");

    assertTrue(
        message.startsWith("split.by = labels takes the split from the column split"), message);
  }

  @Test
  void aSplitByLabelsIsMissedUnderTheNameThatTheSettingsGiveIt() {
    String message = refusal("by=labels\nlabels.split=fold", "cat.1.jpg");

    assertTrue(message.contains("the column fold of the label file"), message);
    assertTrue(message.contains("labels.split"), message);
  }

  @Test
  void theFirstCaptureGroupOrElseTheWholeMatchIsTheGroup() {
    assertEquals(
        Map.of("p1_a.jpg", "p1", "p1_b.jpg", "p1", "p2_a.jpg", "p2"),
        plan("by=shares\nsplit.group=\"(p[0-9]+)_\"", "p1_a.jpg", "p1_b.jpg", "p2_a.jpg").groups());
    assertEquals(
        Map.of("p1_a.jpg", "p1_"),
        plan("by=shares\nsplit.group=\"p[0-9]+_\"", "p1_a.jpg", "x.jpg").groups());
  }

  @Test
  void anEmptyMatchIsNoGroup() {
    assertEquals(Map.of(), plan("by=shares\nsplit.group=\"x*\"", "a.jpg", "b.jpg").groups());
  }

  @Test
  void photosWithoutAGroupAreCounted() {
    assertEquals(
        List.of(
            "1 group of photos, of which each falls into one split",
            "2 photos without a group, each of which is its own, such as x.jpg"),
        plan("by=shares\nsplit.group=\"(p[0-9]+)_\"", "p1_a.jpg", "x.jpg", "y.jpg").remarks());
  }

  @Test
  void aGroupInTwoGivenSplitsIsTold() {
    List<String> remarks =
        plan("by=folders\nsplit.group=\"(p[0-9]+)_\"", "train/p1_a.jpg", "test/p1_b.jpg").remarks();

    assertEquals(
        "1 group in two of the given splits, such as p1 (test and train): the split stays as it is"
            + " given",
        remarks.get(2));
  }

  @Test
  void givenSplitsThatLeaveAClassUntrainedAreRefusedByTheirNames() {
    SplitPlan plan = plan("by=folders", "train/dogs/1.jpg", "test/cats/2.jpg");

    UserException e =
        assertThrows(
            UserException.class,
            () ->
                plan.requireTrained(
                    List.of("dog", "cat"), path -> OptionalInt.of(path.contains("cats") ? 1 : 0)));

    assertTrue(
        e.getMessage().startsWith("The split leaves no photo for training to class cat: "),
        e.getMessage());
  }

  @Test
  void theFingerprintChangesWithSplitAndGroupAndIsEmptyWithoutThem() {
    assertEquals("", plan("by=shares", "cat.1.jpg").fingerprint());
    String lists =
        plan("by=lists\nsplit.lists{train=[cat.1,cat.2]}", "cat.1.jpg", "cat.2.jpg").fingerprint();

    assertNotEquals("", lists);
    assertNotEquals(
        lists,
        plan("by=lists\nsplit.lists{train=[cat.1],test=[cat.2]}", "cat.1.jpg", "cat.2.jpg")
            .fingerprint());
  }

  private static String refusal(String split, String... paths) {
    return assertThrows(UserException.class, () -> plan(split, paths)).getMessage();
  }

  private static SplitPlan plan(String split, String... paths) {
    return SplitPlan.of(listing(paths), settings(split), SplitPlan.Sources.of(NO_FILE));
  }

  private static Settings settings(String split) {
    return new SettingsLoader()
        .load("images.classes=[dog,cat]\nsplit." + split, "test.conf", new LinkedHashMap<>())
        .settings();
  }

  private static PhotoListing listing(String... paths) {
    return new PhotoListing(
        Storage.at("/photos", new Configuration()),
        Arrays.stream(paths).map(path -> new PhotoFile(path, 1, 1)).toList(),
        new PassedOver(Map.of(), 0));
  }
}
