package io.convoy.spark;

import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;

/** Partitions that executors of choice are to compute; Spark may still choose others. */
public final class PinnedRdd<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;

  private final ClassTag<T> type;
  private final transient List<String> locations;

  private PinnedRdd(RDD<T> parent, ClassTag<T> type, List<String> locations) {
    super(parent, type);
    this.type = type;
    this.locations = locations;
  }

  /**
   * Pins the partitions.
   *
   * @param locations of each, as Spark names them; none where any will do
   */
  public static <T> JavaRDD<T> of(JavaRDD<T> partitions, List<String> locations) {
    ClassTag<T> type = partitions.classTag();
    return locations.isEmpty()
        ? partitions
        : new JavaRDD<>(new PinnedRdd<>(partitions.rdd(), type, locations), type);
  }

  @Override
  public Iterator<T> compute(Partition partition, TaskContext task) {
    return firstParent(type).iterator(partition, task);
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(type).partitions();
  }

  @Override
  public Seq<String> getPreferredLocations(Partition partition) {
    return JavaConverters.asScalaBuffer(List.of(locations.get(partition.index()))).toSeq();
  }
}
