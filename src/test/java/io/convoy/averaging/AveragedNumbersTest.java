package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.AveragedNumbers.SlicePlace;
import io.convoy.averaging.RunningStatistics.Form;
import io.convoy.network.PackedArray;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AveragedNumbersTest {
  private static AveragedNumbers numbers(long... lengths) {
    return new AveragedNumbers(
        LongStream.of(lengths)
            .mapToObj(length -> new PackedArray(Nd4j.create(DataType.FLOAT, 1, length)))
            .toList(),
        List.of());
  }

  private static PackedArray row(float... numbers) {
    return new PackedArray(Nd4j.createFromArray(new float[][] {numbers}));
  }

  private static float[] floats(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    Slice.floats(bytes).get(numbers);
    return numbers;
  }

  private static long bytes(List<SlicePlace> places) {
    return places.stream().mapToLong(SlicePlace::length).sum();
  }

  @Test
  void eachWorkerAveragesOneSliceOfTheSameLength() {
    List<SlicePlace> places = numbers(8_000_000, 16_000_000).places(3);

    assertEquals(
        List.of(32_000_000, 32_000_000, 32_000_000),
        places.stream().map(SlicePlace::length).toList());
  }

  @Test
  void largerNetworksHaveMoreSlicesSoThatOneOfAllWorkersFitsTheHeap() {
    List<SlicePlace> places = numbers(40_000_000).places(2);

    assertTrue(
        places.stream().allMatch(place -> 2L * place.length() <= 96 << 20), places::toString);
    assertEquals(160_000_000, bytes(places));
  }

  @Test
  void oneWorkerAloneSendsSmallSlices() {
    List<SlicePlace> places = numbers(10_000_000, 5_000_000).places(1);

    assertTrue(places.stream().allMatch(place -> place.length() <= 16 << 20), places::toString);
    assertEquals(60_000_000, bytes(places));
  }

  @Test
  void aThousandWorkersAverageOneSliceEach() {
    List<SlicePlace> places = numbers(40_000_000).places(1000);

    assertEquals(160_000, places.get(0).length());
    assertEquals(160_000_000, bytes(places));
  }

  @Test
  void slicesAcrossArraysAreReadAndWrittenWhole() {
    AveragedNumbers from = new AveragedNumbers(List.of(row(1, 2, 3), row(4, 5, 6, 7)), List.of());
    INDArray first = Nd4j.zeros(DataType.FLOAT, 1, 3);
    INDArray second = Nd4j.zeros(DataType.FLOAT, 1, 4);
    AveragedNumbers to =
        new AveragedNumbers(List.of(new PackedArray(first), new PackedArray(second)), List.of());

    List<SlicePlace> places = from.places(2);
    places.forEach(place -> to.write(place, from.read(place)));

    assertEquals(List.of(new SlicePlace(0, 16, 3), new SlicePlace(16, 12, 0)), places);
    assertArrayEquals(new float[] {1, 2, 3}, first.toFloatVector());
    assertArrayEquals(new float[] {4, 5, 6, 7}, second.toFloatVector());
  }

  @Test
  void runningStatisticsAreTheLastSliceWhereverTheyLie() {
    List<RunningStatistics> statistics =
        List.of(
            new RunningStatistics(1, 3, 2, Form.VARIANCE),
            new RunningStatistics(7, 6, 1, Form.VARIANCE));
    AveragedNumbers numbers =
        new AveragedNumbers(List.of(row(0, 1, 2, 3, 4, 5, 6, 7, 8), row(90, 91)), statistics);

    List<SlicePlace> places = numbers.places(3);

    assertEquals(3, numbers.learned());
    assertEquals(
        List.of(
            new SlicePlace(0, 8, 2),
            new SlicePlace(8, 8, 1),
            new SlicePlace(16, 4, 0),
            new SlicePlace(20, 24, 0)),
        places);
    assertArrayEquals(new float[] {0, 5}, floats(numbers.read(places.get(0))));
    assertArrayEquals(new float[] {8, 90}, floats(numbers.read(places.get(1))));
    assertArrayEquals(new float[] {91}, floats(numbers.read(places.get(2))));
    assertArrayEquals(new float[] {1, 2, 3, 4, 7, 6}, floats(numbers.read(places.get(3))));
  }

  @Test
  void runningStatisticsAreWrittenWhereTheyWereRead() {
    INDArray target = Nd4j.zeros(DataType.FLOAT, 1, 9);
    List<RunningStatistics> statistics =
        List.of(new RunningStatistics(1, 3, 2, Form.LOG10_STANDARD_DEVIATION));
    AveragedNumbers from = new AveragedNumbers(List.of(row(0, 1, 2, 3, 4, 5, 6, 7, 8)), statistics);
    AveragedNumbers to = new AveragedNumbers(List.of(new PackedArray(target)), statistics);

    from.places(2).forEach(place -> to.write(place, from.read(place)));

    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, target.toFloatVector());
  }
}
