package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackingTest {

  @Test
  void everyFileIsInOneTaskInItsOrder() {
    List<PhotoFile> files = files(1000, 20_000);

    List<List<PhotoFile>> tasks = new Packing(1 << 20).tasks(files);

    assertEquals(files, tasks.stream().flatMap(List::stream).toList());
  }

  @Test
  void theNumberOfTasksFollowsTheBytesAndNotTheFiles() {
    List<PhotoFile> small = files(25_000, 22_000);
    List<PhotoFile> large = files(250, 2_200_000);

    int ofSmall = Packing.of(small, 2).tasks(small).size();
    int ofLarge = Packing.of(large, 2).tasks(large).size();

    assertTrue(ofSmall > 20 && ofSmall < 40, ofSmall + " tasks");
    assertTrue(ofLarge > 10 && ofLarge < 40, ofLarge + " tasks");
  }

  @Test
  void manyCoresGetMoreTasksThanThereAreCores() {
    List<PhotoFile> files = files(25_000, 22_000);

    assertTrue(Packing.of(files, 100).tasks(files).size() > 100);
  }

  @Test
  void aFileLargerThanATaskIsATaskOfItsOwn() {
    List<PhotoFile> files = files(3, 50 << 20);

    assertEquals(3, Packing.of(files, 2).tasks(files).size());
  }

  @Test
  void noFilesAreNoTasks() {
    assertEquals(List.of(), Packing.of(List.of(), 2).tasks(List.of()));
  }

  private static List<PhotoFile> files(int count, long bytes) {
    return IntStream.range(0, count).mapToObj(i -> new PhotoFile(i + ".jpg", bytes, 0)).toList();
  }
}
