package io.convoy.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.LabelRule;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundClassesTest {
  private static final Set<String> SPLITS = Set.of("train", "val", "test");

  private static Labeler find(LabelRule rule, List<String> paths) {
    ImageSettings settings = new ImageSettings(4, 5, List.of(), rule, 10_000, 100_000, 0);
    return FoundClasses.of(settings, "/photos", paths, SPLITS::contains);
  }

  private static Labeler find(String... paths) {
    return find(LabelRule.FILE_NAME_OR_FOLDER, Arrays.asList(paths));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rose/1.jpg tulip/1.jpg daisy/1.jpg | daisy,rose,tulip",
        "rose/tulip-like.jpg tulip/1.jpg | rose,tulip",
        "flowers/rose/1.jpg flowers/tulip/1.jpg | rose,tulip",
        "a/b/rose/1.jpg a/b/tulip/1.jpg | rose,tulip",
        "rose/red/1.jpg rose/2.jpg tulip/white/big/1.jpg | rose,tulip",
        "train/rose/1.jpg train/tulip/1.jpg test/rose/2.jpg | rose,tulip",
        "set/train/rose/1.jpg set/val/tulip/1.jpg | rose,tulip",
        "train/images/rose/1.jpg val/images/tulip/1.jpg | rose,tulip",
        "train/rose/images/1.jpg train/tulip/images/1.jpg | rose,tulip",
        "test/1.jpg plane/1.jpg | plane,test",
        "train/rose/1.jpg train/tulip/1.jpg test/rose/2.jpg stray/1.jpg | rose,tulip",
        "class=rose/part=1/1.jpg class=tulip/part=1/1.jpg | rose,tulip",
        "part=1/class=rose/1.jpg part=1/class=tulip/1.jpg | rose,tulip",
        "Rose/1.jpg rose/2.jpg tulip/1.jpg | Rose,tulip",
        "10/1.jpg 9/1.jpg | 10,9",
        "cat.1.jpg dog.1.jpg | cat,dog",
        "train/cat.0.jpg train/dog.0.jpg | cat,dog",
        "train/cat.0.jpg test/dog.0.jpg | cat,dog",
        "Abyssinian_1.jpg american_bulldog_2.jpg american_bobtail_12.jpg |"
            + " Abyssinian,american_bobtail,american_bulldog",
        "cat.jpg dog(2).jpg | cat,dog",
        "cats/cat.1.jpg dogs/dog.1.jpg | cats,dogs",
      })
  void classesAreTheFoldersOrElseTheBeginningsOfNames(String paths, String classes) {
    assertEquals(Arrays.asList(classes.split(",")), find(paths.split(" ")).classes());
  }

  @Test
  void aPhotoHasTheLabelOfItsFolderWhateverItIsCalled() {
    Labeler labeler = find("train/rose/tulip.jpg", "train/tulip/1.jpg", "test/ROSE/deep/1.jpg");
    assertEquals(OptionalInt.of(0), labeler.label("train/rose/tulip.jpg"));
    assertEquals(OptionalInt.of(1), labeler.label("train/tulip/1.jpg"));
    assertEquals(OptionalInt.of(0), labeler.label("test/ROSE/deep/1.jpg"));
  }

  @Test
  void aPhotoBesideTheFoldersHasNoLabel() {
    Labeler labeler = find("rose/1.jpg", "tulip/1.jpg", "rose.jpg");
    assertEquals(OptionalInt.empty(), labeler.label("rose.jpg"));
    assertEquals(
        "no label: it is in none of the folders that are classes", labeler.whyNone("rose.jpg"));
  }

  @Test
  void aPhotoHasTheLabelThatItsNameBeginsWith() {
    Labeler labeler = find("cat.1.jpg", "dog.1.jpg", "more/cat.7.copy.jpg", "7.jpg");
    assertEquals(OptionalInt.of(0), labeler.label("more/cat.7.copy.jpg"));
    assertEquals(OptionalInt.empty(), labeler.label("7.jpg"));
  }

  @Test
  void theRuleSaysWhereClassesAreLookedFor() {
    List<String> both = List.of("a/cat.1.jpg", "b/dog.1.jpg", "c/dog.2.jpg");
    assertEquals(List.of("a", "b", "c"), find(LabelRule.FOLDER, both).classes());
    assertEquals(List.of("cat", "dog"), find(LabelRule.FILE_NAME, both).classes());
  }

  @Test
  void aListOfClassesIsTakenAsItIs() {
    ImageSettings settings =
        new ImageSettings(4, 5, List.of("b", "a"), LabelRule.FOLDER, 10_000, 100_000, 0);
    Labeler labeler = FoundClasses.of(settings, "/photos", List.of("x/1.jpg"), SPLITS::contains);
    assertEquals(List.of("b", "a"), labeler.classes());
  }

  private static String refusal(List<String> paths) {
    return assertThrows(UserException.class, () -> find(LabelRule.FILE_NAME_OR_FOLDER, paths))
        .getMessage();
  }

  @Test
  void fewerThanTwoClassesAreRefusedWithWhatToDo() {
    assertEquals(
        "/photos: no two classes are seen among its images (2 images such as IMG_1.jpg): put those of"
            + " each class into a folder of its name, begin their files' names with it, or name the"
            + " classes in images.classes.",
        refusal(List.of("IMG_1.jpg", "IMG_2.jpg")));
  }

  @Test
  void moreThanAThousandClassesAreRefused() {
    List<String> paths = IntStream.range(0, 1001).mapToObj(i -> "c" + i + "/1.jpg").toList();
    assertTrue(refusal(paths).startsWith("/photos: 1,001 possible classes are seen (c0, c1, "));
  }

  @Test
  void aClassWithABlankAtItsEndIsRefused() {
    assertTrue(refusal(List.of("rose /1.jpg", "tulip/1.jpg")).contains("rename their folders"));
  }
}
