package io.convoy.train;

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
  private final RDD<Tuple2<Integer, byte[]>> means;

  /**
   * @param means slices by their numbers, one in each partition
   */
  ArrivingMeans(JavaPairRDD<Integer, byte[]> means) {
    this.means = means.rdd();
  }

  /** Returns when all are handed over; the order is that of their arrival, one at a time. */
  void forEach(BiConsumer<Integer, byte[]> receiver) {
    ClassTag<Tuple2<Integer, byte[]>> type = ClassTag$.MODULE$.apply(Tuple2.class);
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
          TaskContext, Iterator<Tuple2<Integer, byte[]>>, Tuple2<Integer, byte[]>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Tuple2<Integer, byte[]> apply(
        TaskContext task, Iterator<Tuple2<Integer, byte[]>> partition) {
      return partition.next();
    }
  }

  /** Stays on the driver. */
  private static final class Receive
      extends AbstractFunction2<Object, Tuple2<Integer, byte[]>, BoxedUnit> {
    private final BiConsumer<Integer, byte[]> receiver;

    Receive(BiConsumer<Integer, byte[]> receiver) {
      this.receiver = receiver;
    }

    @Override
    public BoxedUnit apply(Object partition, Tuple2<Integer, byte[]> mean) {
      receiver.accept(mean._1, mean._2);
      return BoxedUnit.UNIT;
    }
  }
}
