package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.image.ImageSize;
import io.convoy.ingest.PhotoSurvey.ShapeCount;
import io.convoy.ingest.PhotoSurvey.Unusable;
import io.convoy.ingest.SurveyAction.Hashed;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.LabelRule;
import io.convoy.spark.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyActionTest {
  private static final String PARTITION_BYTES = "spark.sql.files.maxPartitionBytes";

  @TempDir Path disk;

  @Test
  void uprightShapesAreCountedTheMostCommonFirst() {
    PhotoFolder folder =
        photos("photos")
            .put("cat.1.jpg", PhotoFolder.jpeg(20, 30))
            .put("cats/2.jpg", turned(PhotoFolder.jpeg(30, 20)))
            .put("dog.1.jpg", PhotoFolder.jpeg(30, 20));

    PhotoSurvey survey = survey(folder, 0);

    assertEquals(3, survey.surveyed());
    assertEquals(
        List.of(new ShapeCount(new ImageSize(20, 30), 2), new ShapeCount(new ImageSize(30, 20), 1)),
        survey.shapes());
  }

  @Test
  void aQuarterOfTheMostCommonShapeIsSuggested() {
    PhotoFolder folder = photos("photos").put("cat.1.jpg", PhotoFolder.jpeg(375, 500));

    assertEquals(new ImageSize(94, 125), survey(folder, 0).suggestedInput());
  }

  @Test
  void smallPhotosAreSuggestedAsTheyAre() {
    PhotoFolder folder = photos("photos").put("cat.1.jpg", PhotoFolder.jpeg(28, 64));

    assertEquals(new ImageSize(28, 32), survey(folder, 0).suggestedInput());
  }

  @Test
  void whatCannotBeUsedIsToldByPathWithTheReason() {
    PhotoFolder folder =
        photos("photos")
            .put("dog.2.jpg", new byte[0])
            .put("cat.1.jpg", PhotoFolder.jpeg(2, 2))
            .put("dog.1.jpg", PhotoFolder.jpeg(500, 500))
            .put("dog.3.png", PhotoFolder.png(60, 60, 1));

    assertEquals(
        List.of(
            new Unusable("dog.1.jpg", "500x500 pixels, more than images.max-pixels, 200000"),
            new Unusable("dog.2.jpg", "empty file"),
            new Unusable("dog.3.png", "more bytes than images.max-file-bytes, 8000")),
        survey(folder, 0).unusable());
  }

  @Test
  void oddNamesAreSurveyed() {
    PhotoFolder folder =
        photos("a [b] {c} #1 50%")
            .put("cat.12:30.jpg", PhotoFolder.jpeg(2, 2))
            .put("kätzchen/cat 1 [a]+#%20*?{b}.jpg", PhotoFolder.jpeg(2, 2));

    assertEquals(List.of(), survey(folder, 0).unusable());
    assertEquals(2, survey(folder, 0).surveyed());
  }

  @Test
  void aLimitIsKept() {
    assertEquals(3, survey(photos("photos").putAnimals(5, 5), 3).surveyed());
  }

  @Test
  void theAnswerIsTheSameForAnyNumberOfPartitions() {
    PhotoFolder folder = photos("photos").putAnimals(5, 5).put("cat.jpg", new byte[0]);
    PhotoSurvey few = survey(folder, 6);
    var conf = SharedSpark.session().conf();
    String before = conf.get(PARTITION_BYTES);
    try {
      conf.set(PARTITION_BYTES, "1");

      assertEquals(few, survey(folder, 6));
    } finally {
      conf.set(PARTITION_BYTES, before);
    }
  }

  @Test
  void photosOfEqualLengthAreHashed() {
    byte[] photo = PhotoFolder.png(6, 8, 1);
    PhotoFolder folder =
        photos("photos")
            .put("cats/b.png", photo)
            .put("cats/a.png", photo)
            .put("cats/c.png", PhotoFolder.png(2, 2, 1));

    List<Hashed> hashes = hashes(folder);

    assertEquals(List.of("cats/a.png", "cats/b.png"), hashes.stream().map(Hashed::path).toList());
    assertEquals(1, hashes.stream().map(Hashed::hash).distinct().count());
  }

  @Test
  void whatIsTooLargeToBeUsedIsNotHashed() {
    byte[] photo = PhotoFolder.png(60, 60, 1);

    assertEquals(List.of(), hashes(photos("photos").put("a.png", photo).put("b.png", photo)));
  }

  private PhotoFolder photos(String name) {
    return new PhotoFolder(disk.resolve(name));
  }

  private static PhotoSurvey survey(PhotoFolder folder, int limit) {
    return action().survey(PhotoListing.of(folder.storage()), limit);
  }

  private static List<Hashed> hashes(PhotoFolder folder) {
    return action().hashes(PhotoListing.of(folder.storage()));
  }

  private static SurveyAction action() {
    ImageSettings settings =
        new ImageSettings(
            4, 4, List.of("dog", "cat"), LabelRule.FILE_NAME_OR_FOLDER, 200_000, 8000, 0);
    return new SurveyAction(SharedSpark.session(), settings);
  }

  /** With an EXIF orientation of 6: a quarter turn. */
  private static byte[] turned(byte[] jpeg) {
    byte[] exif = {'E', 'x', 'i', 'f', 0, 0};
    ByteBuffer tiff = ByteBuffer.allocate(26).put(new byte[] {'M', 'M'});
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) 6);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (2 + 6 + 26)});
    file.writeBytes(exif);
    file.writeBytes(tiff.array());
    file.write(jpeg, 2, jpeg.length - 2);
    return file.toByteArray();
  }
}
