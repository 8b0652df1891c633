package io.convoy.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.settings.LabelRule;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedClassesTest {
  private static final List<String> CLASSES = List.of("dog", "cat");
  private static final OptionalInt CAT = OptionalInt.of(1);
  private static final OptionalInt NONE = OptionalInt.empty();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat.7.jpg",
        "CAT.7.JPG",
        "Cat-7.jpg",
        "cat_7.jpg",
        "cat 7.jpg",
        "cat7.jpg",
        "cat.jpg",
        "cat (7).jpg",
        "dogs/cat.7.jpg",
        "a/b/cat.7.jpg"
      })
  void aFileNameBeginsWithItsClass(String path) {
    assertEquals(CAT, label(LabelRule.FILE_NAME, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"7.cat.jpg", "category.7.jpg", "bobcat.7.jpg", "cats/7.jpg", ".jpg", "cats.7.jpg"})
  void anyOtherFileNameNamesNoClass(String path) {
    assertEquals(NONE, label(LabelRule.FILE_NAME, path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat/7.jpg",
        "cats/7.jpg",
        "CATS/7.jpg",
        "class=cat/7.jpg",
        "class=cats/7.jpg",
        "Class=Cat/7.jpg",
        "train/cats/home/7.jpg",
        "dogs/cats/7.jpg",
        "cats/dog.7.jpg"
      })
  void aFolderNamesTheClassOfWhatItHolds(String path) {
    assertEquals(CAT, label(LabelRule.FOLDER, path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat.7.jpg", "my cats/7.jpg", "catss/7.jpg", "cat=x/7.jpg", "7.jpg"})
  void anyOtherFolderNamesNoClass(String path) {
    assertEquals(NONE, label(LabelRule.FOLDER, path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat.7.jpg", "cats/7.jpg", "cats/cat.7.jpg", "photos/cat.7.jpg"})
  void eitherOfNameAndFolderIsEnough(String path) {
    assertEquals(CAT, label(LabelRule.FILE_NAME_OR_FOLDER, path));
  }

  @Test
  void nameAndFolderThatDisagreeGiveNoLabel() {
    assertEquals(NONE, label(LabelRule.FILE_NAME_OR_FOLDER, "dogs/cat.7.jpg"));
  }

  @ParameterizedTest
  @CsvSource({
    "FILE_NAME_OR_FOLDER, dogs/cat.7.jpg, 'two labels: the name says cat, the folder dog'",
    "FILE_NAME_OR_FOLDER, 7.jpg, 'no label: neither its name nor its folders name a class'",
    "FILE_NAME, cats/7.jpg, 'no label: its name does not begin with a class'",
    "FOLDER, cat.7.jpg, 'no label: no folder of it names a class'"
  })
  void theReasonSaysWhereAClassWasLookedFor(LabelRule rule, String path, String reason) {
    assertEquals(reason, new NamedClasses(CLASSES, rule).whyNone(path));
  }

  @ParameterizedTest
  @CsvSource({
    "maine-coon.7.jpg, 0",
    "cat2.7.jpg, 1",
    "cat27.jpg, 1",
    "cat.2.jpg, 2",
    "cat3.jpg, 2"
  })
  void aClassMayHoldDigitsAndDashes(String path, int label) {
    NamedClasses labeler =
        new NamedClasses(List.of("maine-coon", "cat2", "cat"), LabelRule.FILE_NAME);

    assertEquals(OptionalInt.of(label), labeler.label(path));
  }

  @ParameterizedTest
  @CsvSource({
    "Hot Dog/1.jpg, 0",
    "hot dogs/1.jpg, 0",
    "HOT DOG.1.jpg, 0",
    "x/class=Hot Dog/1.jpg, 0",
    "猫/1.jpg, 1",
    "猫_1.jpg, 1"
  })
  void aClassMayBeCalledAnything(String path, int label) {
    NamedClasses labeler = new NamedClasses(List.of("Hot Dog", "猫"), LabelRule.FILE_NAME_OR_FOLDER);

    assertEquals(OptionalInt.of(label), labeler.label(path));
  }

  @Test
  void anAccentMayBeWrittenInEitherWay() {
    NamedClasses labeler = new NamedClasses(List.of("b\u00e9b\u00e9", "cat"), LabelRule.FOLDER);

    assertEquals(OptionalInt.of(0), labeler.label("be\u0301be\u0301/1.jpg"));
  }

  @Test
  void aClassMayHaveAnEqualsSign() {
    assertEquals(
        OptionalInt.of(1),
        new NamedClasses(List.of("b", "a=b"), LabelRule.FOLDER).label("a=b/1.jpg"));
  }

  @Test
  void aClassComesBeforeThePluralOfAnother() {
    NamedClasses labeler =
        new NamedClasses(List.of("glass", "glasss", "cat", "cats"), LabelRule.FOLDER);

    assertEquals(OptionalInt.of(3), labeler.label("cats/1.jpg"));
    assertEquals(OptionalInt.of(2), labeler.label("cat/1.jpg"));
  }

  private static OptionalInt label(LabelRule rule, String path) {
    return new NamedClasses(CLASSES, rule).label(path);
  }
}
