package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.augment.Augmenter;
import io.convoy.augment.EpochAugmentation;
import io.convoy.augment.Mixture;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Targets;
import io.convoy.image.ImageSize;
import io.convoy.modelfile.Checkpoint;
import io.convoy.network.NetworkBuilder;
import io.convoy.progress.Progress;
import io.convoy.settings.Architecture;
import io.convoy.settings.Augmentation;
import io.convoy.settings.Augmentation.Range;
import io.convoy.settings.Loss;
import io.convoy.settings.Mixing;
import io.convoy.settings.Optimizer;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import io.convoy.train.Trainer;
import io.convoy.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.common.loader.LocalFileSource;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class AugmentedTrainingTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;
  private static final int EXAMPLES = 40;
  private static final long SEED = 5;
  private static final Augmentation ALL =
      new Augmentation(
          true, new Range(0.7, 1), new Range(0.8, 1.25), 10, 0.1, 0.2, 0.2, 0.02, 0.25, 0.5, 0, 0);

  @TempDir static Path folder;

  private static Examples training;
  private static Examples validation;

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, EXAMPLES, HEIGHT, WIDTH);
    validation = SyntheticExamples.write(folder, Split.VALIDATION, EXAMPLES, HEIGHT, WIDTH);
  }

  private static DataSet load(EpochAugmentation augmentation, int... positions) {
    EpochOrder order = new EpochOrder(EXAMPLES, SEED, 1);
    return new MinibatchLoader(training, augmentation, Targets.PLAIN, order).read(positions);
  }

  private static byte[] image(DataSet minibatch, int index) {
    byte[] pixels = new byte[HEIGHT * WIDTH * 3];
    INDArray image = minibatch.getFeatures().slice(index).ravel();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) image.getInt(i);
    }
    return pixels;
  }

  private static byte[] stored(Examples source, int position) {
    byte[] record = new byte[source.layout().recordBytes()];
    source.read(position, record);
    return Arrays.copyOfRange(record, 1, record.length);
  }

  @Test
  void theLoaderFindsTheExamplesOfItsPathInTheEpochsOrder() {
    MinibatchLoader loader =
        new MinibatchLoader(
            training, EpochAugmentation.NONE, Targets.PLAIN, new EpochOrder(EXAMPLES, SEED, 3));
    WorkerPlan plan = new WorkerPlan(2, 1, 8, 1, 0, SEED);
    for (List<List<int[]>> round : EpochPlan.of(EXAMPLES, plan, 3, 0).rounds()) {
      for (List<int[]> minibatches : round) {
        int[] positions = minibatches.get(0);
        Source path = new LocalFileSource(loader.path(positions));
        assertEquals(
            load(EpochAugmentation.NONE, positions).getFeatures(), loader.load(path).getFeatures());
      }
    }
  }

  @Test
  void withoutAugmentationTheLoaderGivesThePixelsOfTheDataSet() {
    DataSet minibatch = load(EpochAugmentation.NONE, 7, 3);
    assertArrayEquals(stored(training, 7), image(minibatch, 0));
    assertArrayEquals(stored(training, 3), image(minibatch, 1));
  }

  @Test
  void theLoaderAugmentsEachExampleByItsPosition() {
    EpochAugmentation epoch = new EpochAugmentation(ALL, Mixing.NONE, 1, SEED, 2);
    DataSet minibatch = load(epoch, 7, 3);
    try (Augmenter augmenter = epoch.open(HEIGHT, WIDTH)) {
      byte[] seventh = stored(training, 7);
      augmenter.augment(7, seventh, 0);
      assertArrayEquals(seventh, image(minibatch, 0));
    }
    assertArrayEquals(image(minibatch, 1), image(load(epoch, 3), 0));
    assertFalse(Arrays.equals(stored(training, 3), image(minibatch, 1)));
    assertArrayEquals(new float[] {1, 1}, minibatch.getLabels().toFloatVector());
  }

  @Test
  void theLoaderMixesAnExampleAndItsLabelWithAnotherAsThatIsInTheEpoch() {
    EpochAugmentation epoch = new EpochAugmentation(ALL, new Mixing(0.4, 1, 1), 1, SEED, 2);
    EpochAugmentation alone = new EpochAugmentation(ALL, Mixing.NONE, 1, SEED, 2);
    int[] positions = IntStream.range(0, EXAMPLES).toArray();
    DataSet minibatch = load(epoch, positions);
    DataSet unmixed = load(alone, positions);
    for (int position : positions) {
      Mixture mixture = epoch.mixture(position, EXAMPLES).orElseThrow();
      int other = mixture.other();
      byte[] pixels = image(unmixed, position);
      double share = mixture.apply(pixels, image(unmixed, other), 0, new ImageSize(HEIGHT, WIDTH));
      assertArrayEquals(pixels, image(minibatch, position));
      double expected =
          share * unmixed.getLabels().getDouble(position)
              + (1 - share) * unmixed.getLabels().getDouble(other);
      assertEquals(expected, minibatch.getLabels().getDouble(position), 1e-6);
    }
    assertArrayEquals(image(minibatch, 3), image(load(epoch, 9, 3), 1));
  }

  @Test
  void smallerImagesHaveTheMeansOfThePixelsOfWholeOnes() {
    EpochAugmentation small = new EpochAugmentation(ALL, new Mixing(0.4, 1, 1), 0.5, SEED, 2);
    EpochAugmentation whole = new EpochAugmentation(ALL, new Mixing(0.4, 1, 1), 1, SEED, 2);
    INDArray pixels = load(small, 7, 3).getFeatures();
    INDArray wholePixels = load(whole, 7, 3).getFeatures();
    assertArrayEquals(new long[] {2, HEIGHT / 2, WIDTH / 2, 3}, pixels.shape());
    for (int image = 0; image < 2; image++) {
      for (int row = 0; row < HEIGHT / 2; row++) {
        for (int column = 0; column < WIDTH / 2; column++) {
          for (int channel = 0; channel < 3; channel++) {
            int sum = 0;
            for (int part = 0; part < 4; part++) {
              sum += wholePixels.getInt(image, 2 * row + part / 2, 2 * column + part % 2, channel);
            }
            assertEquals(sum / 4.0, pixels.getInt(image, row, column, channel), 0.51);
          }
        }
      }
    }
  }

  @Test
  void anotherEpochGivesOtherPixels() {
    assertNotEquals(
        load(new EpochAugmentation(ALL, Mixing.NONE, 1, SEED, 1), 0, 1, 2).getFeatures(),
        load(new EpochAugmentation(ALL, Mixing.NONE, 1, SEED, 2), 0, 1, 2).getFeatures());
  }

  @Test
  void trainingTakesTheAugmentedPhotosAndTheSameSeedTheSame() {
    float[] augmented = trained(ALL).network().parameters().toFloatVector();
    assertArrayEquals(augmented, trained(ALL).network().parameters().toFloatVector());
    float[] plain = trained(Augmentation.NONE).network().parameters().toFloatVector();
    assertFalse(Arrays.equals(plain, augmented));
  }

  @Test
  void aTrainingThatGoesOnWithinAnEpochEndsAsOneWithoutAStop() {
    Trainer stopped = trainer(1);
    stopped.trainEpoch(training, ALL, Progress.NONE, () -> {});
    List<TrainingState> standings = new ArrayList<>();
    Checkpoint checkpoint =
        new Checkpoint(Storage.at(folder.resolve("at.zip").toString(), new Configuration()));
    stopped.trainEpoch(
        training,
        ALL,
        Progress.NONE,
        () -> {
          if (standings.isEmpty()) {
            checkpoint.write(stopped.snapshot(), new byte[0]);
            standings.add(stopped.state());
          }
        });

    Trainer resumed = trainer(1);
    resumed.resume(checkpoint, standings.get(0), 1);
    resumed.trainEpoch(training, ALL, Progress.NONE, () -> {});

    assertTrue(standings.get(0).minibatches() > 0);
    assertArrayEquals(
        stopped.network().parameters().toFloatVector(),
        resumed.network().parameters().toFloatVector());
  }

  @Test
  void predictionsAreOfThePhotosAsTheyAre() {
    Trainer trainer = trained(ALL);
    for (Examples source : List.of(training, validation)) {
      Minibatch plain = Minibatch.read(source, IntStream.range(0, source.examples()).toArray());
      assertArrayEquals(stored(source, 1), image(new DataSet(plain.pixels(), null), 1));
      float[] expected = trainer.network().output(Minibatch.planes(plain.pixels())).toFloatVector();
      assertArrayEquals(expected, trainer.evaluate(source).predictions().probabilities(), 1e-6f);
    }
  }

  private static Trainer trained(Augmentation augmentation) {
    Trainer trainer = trainer(0);
    for (int epoch = 1; epoch <= 2; epoch++) {
      trainer.trainEpoch(training, augmentation, Progress.NONE, () -> {});
    }
    return trainer;
  }

  private static Trainer trainer(int checkpointRounds) {
    Architecture architecture =
        new Architecture("small", List.of(), Loss.CROSS_ENTROPY, new Optimizer.Sgd(0.1), 8, 2);
    return new Trainer(
        SharedSpark.context(),
        "small",
        NetworkBuilder.configuration(architecture, 2, HEIGHT, WIDTH, SEED),
        new WorkerPlan(2, 1, 8, 1, checkpointRounds, SEED));
  }
}
