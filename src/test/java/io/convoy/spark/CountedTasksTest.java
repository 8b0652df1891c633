package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.progress.Progress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;

class CountedTasksTest {
  /** Adds up what it is told. */
  private static final class Sum implements Progress {
    private final AtomicLong images = new AtomicLong();

    @Override
    public void weigh(double each, double left) {}

    @Override
    public void advance(long more) {
      images.addAndGet(more);
    }

    @Override
    public void note(String text) {}

    @Override
    public void line(String text) {}

    @Override
    public void close() {}
  }

  private final Sum progress = new Sum();

  private static JavaRDD<Integer> counting(CountedTasks counted) {
    return SharedSpark.context()
        .parallelize(List.of(1, 2, 3, 4, 5), 2)
        .map(
            image -> {
              counted.add(1);
              return image;
            });
  }

  @Test
  void imagesOfPartsThatAreDoneAgainCountOnce() {
    try (CountedTasks counted = new CountedTasks(SharedSpark.context().sc(), progress)) {
      JavaRDD<Integer> images = counting(counted);
      images.count();
      images.count();
    }
    assertEquals(5, progress.images.get());
  }

  @Test
  void imagesOfTheNextPassCountAnew() {
    try (CountedTasks counted = new CountedTasks(SharedSpark.context().sc(), progress)) {
      counting(counted).count();
      counted.nextPass();
      counting(counted).count();
    }
    assertEquals(10, progress.images.get());
  }

  @Test
  void whatTheDriverTellsOfPartsThatTasksCountTooCountsOnce() {
    try (CountedTasks counted = new CountedTasks(SharedSpark.context().sc(), progress)) {
      counted.tell(counted.pass(), 0, 2);
      assertEquals(2, progress.images.get());
      counting(counted.of(counted.pass())).count();
    }
    assertEquals(5, progress.images.get());
  }
}
