package io.convoy.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.engine.Predictor;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.ingest.FileContents;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoFolder;
import io.convoy.ingest.PhotoPixels;
import io.convoy.settings.Precision;
import io.convoy.settings.TestTimeAugmentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PhotoScorerTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 5;

  @TempDir Path disk;
  private final Batches batches = new Batches();

  /** Says of each image of a minibatch its position in it, in hundredths. */
  private static final class Batches implements Predictor {
    private final List<Long> sizes = new ArrayList<>();

    @Override
    public INDArray output(INDArray pixels) {
      sizes.add(pixels.size(0));
      float[] positions = new float[(int) pixels.size(0)];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = i / 100f;
      }
      return Nd4j.create(positions, new long[] {positions.length, 1}, 'c');
    }

    @Override
    public void readParameters() {}

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  private FileContents contents() {
    return new FileContents(disk.toString(), new SerializableConfiguration(new Configuration()));
  }

  private PhotoScorer scorer() {
    return scorer(List.of("dog", "cat"), batches);
  }

  private PhotoScorer scorer(List<String> classes, Predictor predictor) {
    PhotoPixels pixels =
        new PhotoPixels(new ImageSize(HEIGHT, WIDTH), new ImageLimits(1000), 10_000);
    Scoring scoring =
        new Scoring(
            pixels,
            HEIGHT,
            WIDTH,
            Precision.FLOAT32,
            TestTimeAugmentation.NONE,
            1,
            new Decision(classes, 0.5));
    return new PhotoScorer(scoring, predictor);
  }

  /** Photos, of which each one at a multiple of {@code bad} is none. */
  private List<PhotoFile> files(int count, int bad) {
    PhotoFolder folder = new PhotoFolder(disk);
    byte[] photo = PhotoFolder.png(6, 8, 1);
    byte[] other = {1, 2, 3};
    List<PhotoFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = String.format(Locale.ROOT, "%04d.png", i);
      byte[] bytes = i % bad == 0 ? other : photo;
      folder.put(name, bytes);
      files.add(new PhotoFile(name, bytes.length, 0));
    }
    return files;
  }

  private static List<ScoredPhoto> all(Iterator<ScoredPhoto> photos) {
    List<ScoredPhoto> all = new ArrayList<>();
    photos.forEachRemaining(all::add);
    return all;
  }

  @Test
  void minibatchesAreFullButForTheLastHoweverManyFilesAreRejected() {
    Iterator<PhotoFile> files = files(150, 3).iterator();

    all(scorer().score(files, contents(), done -> {}));

    assertEquals(List.of(64L, 36L), batches.sizes);
  }

  @Test
  void eachFileHasItsAnswerInItsPlace() {
    List<PhotoFile> files = files(5, 2);

    List<ScoredPhoto> photos = all(scorer().score(files.iterator(), contents(), done -> {}));

    assertEquals(
        files.stream().map(PhotoFile::path).toList(),
        photos.stream().map(ScoredPhoto::path).toList());
    assertEquals(
        List.of(true, false, true, false, true),
        photos.stream().map(ScoredPhoto::isRejected).toList());
    assertArrayEquals(new float[] {0f}, photos.get(1).outputs());
    assertArrayEquals(new float[] {0.01f}, photos.get(3).outputs());
    assertEquals("3 bytes that begin with 01 02 03", photos.get(0).found());
  }

  @Test
  void eachFileHasItsOwnOfManyOutputsInWhateverOrderTheyLieInMemory() {
    Predictor columns =
        new Predictor() {
          @Override
          public INDArray output(INDArray pixels) {
            INDArray outputs = Nd4j.create(DataType.FLOAT, new long[] {2, 3}, 'f');
            for (int i = 0; i < 6; i++) {
              outputs.putScalar(i / 3, i % 3, i / 10f);
            }
            return outputs;
          }

          @Override
          public void readParameters() {}

          @Override
          public void close() {
            // Holds nothing.
          }
        };

    List<ScoredPhoto> photos =
        all(
            scorer(List.of("daisy", "rose", "tulip"), columns)
                .score(files(3, 3).iterator(), contents(), done -> {}));

    assertArrayEquals(new float[] {0f, 0.1f, 0.2f}, photos.get(1).outputs());
    assertArrayEquals(new float[] {0.3f, 0.4f, 0.5f}, photos.get(2).outputs());
    assertEquals("tulip", photos.get(1).decided());
  }

  @Test
  void noMoreThanAMinibatchIsReadAhead() {
    Iterator<PhotoFile> files = files(200, 1000).iterator();
    files.next();

    scorer().score(files, contents(), done -> {}).next();

    assertEquals(1 + PhotoScorer.BATCH, 200 - remaining(files));
  }

  private static int remaining(Iterator<PhotoFile> files) {
    int remaining = 0;
    while (files.hasNext()) {
      files.next();
      remaining++;
    }
    return remaining;
  }

  @Test
  void rejectedFilesAloneAskNoNetwork() {
    List<ScoredPhoto> photos = all(scorer().score(files(3, 1).iterator(), contents(), done -> {}));

    assertTrue(photos.stream().allMatch(ScoredPhoto::isRejected), photos::toString);
    assertEquals(List.of(), batches.sizes);
  }

  @Test
  void theCounterIsToldOfEveryFile() {
    List<Integer> told = new ArrayList<>();

    all(scorer().score(files(100, 50).iterator(), contents(), told::add));

    assertEquals(100, told.stream().mapToInt(Integer::intValue).sum());
  }
}
