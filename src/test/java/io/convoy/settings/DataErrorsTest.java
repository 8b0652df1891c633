package io.convoy.settings;

import static io.convoy.settings.Refusals.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in what a conf says of images, their labels and their split. */
class DataErrorsTest {
  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "1e999", "-0", "99999999999999999999", "1e999999999"})
  void numbersThatAreNoneAreRefused(String number) {
    String message = message("images.height = \"" + number + "\"");
    assertTrue(message.contains("images.height is "), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "images.height = tall | images.height is \"tall\": it must be auto or a whole number from 1 to 4,096.",
        "images.height = 0 | images.height is 0: it must be auto or a whole number from 1 to 4,096.",
        "images.width = 4097 | images.width is 4097: it must be auto or a whole number from 1 to 4,096.",
        "images.height = 94.5 | images.height is 94.5: it must be auto or a whole number from 1 to 4,096.",
        "images.height = null | images.height is null: it must be auto or a whole number from 1 to 4,096.",
        "images.height = [1] | images.height is [1]: it must be auto or a whole number from 1 to 4,096.",
        "images = 3 | images is 3: it must be an object, in braces.",
        "images.max-height = 8 | images.max-height is 8: it must be a whole number from 16 to 4096.",
        "images.max-pixels = 0 | images.max-pixels is 0: it must be a whole number of at least 1.",
        "images.max-rejected = 1.1 | images.max-rejected is 1.1: it must be a share from 0 to 1.",
        "images.max-rejected = -0.1 | images.max-rejected is -0.1: it must be a share from 0 to 1.",
        "split.shares.train = 0 | split.shares.train is 0: it must be a share above 0 and up to 1.",
        "split.shares.test = 2 | split.shares.test is 2: it must be a share from 0 to 1.",
        "split.counts.train = 0 | split.counts.train is 0: it must be a whole number of at least 1.",
        "split.counts.validation = -1 | split.counts.validation is -1: it must be a whole number of at least 0.",
        "images.label-rule = path | images.label-rule is \"path\": it must be one of file-name, folder, file-name-or-folder.",
        "split.by = share | split.by is \"share\": did you mean shares? it must be one of shares, counts, folders, lists, labels.",
        "split.by = lists | split.by is lists, and split.lists.train is empty: it must be a list of names, such as [\"cat.0..cat.999\", dogs/rex], or the path of a text file with a name a line.",
        "split.group = \"(p\" | split.group is no regular expression: Unclosed group at character 3. In a conf it stands in three quotes on either side, as in \"\"\"(patient\\d+)\"\"\".",
        "split.lists.test = [cat.9..dog.12] | split.lists.test [1] is \"cat.9..dog.12\": it must be a name, or a range of at most 1,000,000 that counts up between names alike, such as cat.0..cat.999.",
        "split.lists.test = [cat.9..cat.3] | split.lists.test [1] is \"cat.9..cat.3\": it must be a name, or a range of at most 1,000,000 that counts up between names alike, such as cat.0..cat.999.",
        "split.lists.test = 7 | split.lists.test is 7: it must be a list of names, such as [\"cat.0..cat.999\", dogs/rex], or the path of a text file with a name a line.",
        "split.validation-from-train = 1 | split.validation-from-train is 1: it must be a number of at least 0 and below 1.",
        "split.duplicates = drop | split.duplicates is \"drop\": it must be one of keep, remove-from-train.",
      })
  void aValueThatDoesNotDoIsTold(String text, String expected) {
    assertEquals("my.conf:1: " + expected, message(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[dog]",
        "[dog, dog]",
        "[Dog, dog]",
        "[\"a/b\", cat]",
        "[\"..\", cat]",
        "[\" dog\", cat]",
        "[\"\", cat]",
        "[\"dog\\n\", cat]",
        "[dog, null]",
        "[dog, [cat]]",
        "dog"
      })
  void classesThatDoNotDoAreRefused(String classes) {
    String message = message("images.classes = " + classes);
    assertTrue(message.startsWith("my.conf:1: images.classes is "), message);
    assertTrue(message.contains("2 to 1,000 different names"), message);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "big", "[1]"})
  void aFileSizeThatDoesNotDoIsRefused(String size) {
    String message = message("images.max-file-bytes = " + size);
    assertTrue(
        message.endsWith("it must be a size of at least 1 byte, such as 67108864 or 64 MiB."));
  }

  @Test
  void sharesMustSumToOne() {
    assertEquals(
        "split.shares must sum to 1, but train is 0.5, validation 0.15 and test 0.15: set all three.",
        message("split.shares.train = 0.5"));
  }

  @Test
  void sharesMaySumToOneWithinRounding() {
    Settings settings =
        new SettingsLoader()
            .load(
                "split.shares { train = 0.3333333333, validation = 0.3333333333, test = 0.3333333333 }",
                "my.conf",
                Map.of())
            .settings();
    assertEquals(
        new SplitWay.ByShares(0.3333333333, 0.3333333333, 0.3333333333), settings.split().way());
  }
}
