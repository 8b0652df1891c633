package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SliceTest {
  private static List<PackedArray> arrays(long... lengths) {
    return java.util.stream.LongStream.of(lengths)
        .mapToObj(length -> new PackedArray(Nd4j.create(DataType.FLOAT, 1, length)))
        .toList();
  }

  private static long bytes(List<Slice.Place> places) {
    return places.stream().mapToLong(Slice.Place::length).sum();
  }

  @Test
  void eachWorkerAveragesOneSliceOfTheSameLength() {
    List<Slice.Place> places = Slice.places(arrays(8_000_000, 16_000_000), 3);

    assertEquals(
        List.of(32_000_000, 32_000_000, 32_000_000),
        places.stream().map(Slice.Place::length).toList());
  }

  @Test
  void largerNetworksHaveMoreSlicesSoThatOneOfAllWorkersFitsTheHeap() {
    List<Slice.Place> places = Slice.places(arrays(40_000_000), 2);

    assertTrue(
        places.stream().allMatch(place -> 2L * place.length() <= 96 << 20), places::toString);
    assertEquals(160_000_000, bytes(places));
  }

  @Test
  void aThousandWorkersAverageOneSliceEach() {
    List<Slice.Place> places = Slice.places(arrays(40_000_000), 1000);

    assertEquals(160_000, places.get(0).length());
    assertEquals(160_000_000, bytes(places));
  }

  @Test
  void slicesAcrossArraysAreReadAndWrittenWhole() {
    List<PackedArray> from =
        List.of(
            new PackedArray(Nd4j.createFromArray(new float[][] {{1, 2, 3}})),
            new PackedArray(Nd4j.createFromArray(new float[][] {{4, 5, 6, 7}})));
    INDArray first = Nd4j.zeros(DataType.FLOAT, 1, 3);
    INDArray second = Nd4j.zeros(DataType.FLOAT, 1, 4);
    List<PackedArray> to = List.of(new PackedArray(first), new PackedArray(second));

    List<Slice.Place> places = Slice.places(from, 2);
    places.forEach(place -> Slice.write(to, place, Slice.read(from, place)));

    assertEquals(List.of(16, 12), places.stream().map(Slice.Place::length).toList());
    assertArrayEquals(new float[] {1, 2, 3}, first.toFloatVector());
    assertArrayEquals(new float[] {4, 5, 6, 7}, second.toFloatVector());
  }
}
