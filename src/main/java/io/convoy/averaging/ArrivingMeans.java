package io.convoy.averaging;

import java.io.Serializable;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Hands over the averaged slices as they arrive on the driver, all in one Spark job. {@code
 * collect} would hold all of them at once, and {@code toLocalIterator} takes a job for each.
 */
final class ArrivingMeans {
  private final RDD<Tuple2<Integer, Slice.Mean>> means;

  /**
   * @param means slices by their numbers, one in each partition
   */
  ArrivingMeans(JavaPairRDD<Integer, Slice.Mean> means) {
    this.means = means.rdd();
  }

  /** Returns when all are handed over; the order is that of their arrival, one at a time. */
  void forEach(BiConsumer<Integer, Slice.Mean> receiver) {
    ClassTag<Tuple2<Integer, Slice.Mean>> type = ClassTag$.MODULE$.apply(Tuple2.class);
    means
        .context()
        .runJob(
            means,
            new First(),
            JavaConverters.asScalaBuffer(
                    IntStream.range(0, means.getNumPartitions())
                        .mapToObj(partition -> (Object) partition)
                        .toList())
                .toSeq(),
            new Receive(receiver),
            type);
  }

  private static final class First
      extends AbstractFunction2<
          TaskContext, Iterator<Tuple2<Integer, Slice.Mean>>, Tuple2<Integer, Slice.Mean>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Tuple2<Integer, Slice.Mean> apply(
        TaskContext task, Iterator<Tuple2<Integer, Slice.Mean>> partition) {
      return partition.next();
    }
  }

  /** Stays on the driver. */
  private static final class Receive
      extends AbstractFunction2<Object, Tuple2<Integer, Slice.Mean>, BoxedUnit> {
    private final BiConsumer<Integer, Slice.Mean> receiver;

    Receive(BiConsumer<Integer, Slice.Mean> receiver) {
      this.receiver = receiver;
    }

    @Override
    public BoxedUnit apply(Object partition, Tuple2<Integer, Slice.Mean> mean) {
      receiver.accept(mean._1, mean._2);
      return BoxedUnit.UNIT;
    }
  }
}
