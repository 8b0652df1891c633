package io.convoy.dataset;

import io.convoy.ingest.PhotoTasks;
import io.convoy.labels.Labeler;
import io.convoy.settings.ImageSettings;
import io.convoy.spark.CountedTasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** The photos of a folder, used and rejected, decoded once and kept on the executors' disks. */
final class DecodedPhotos implements AutoCloseable {
  private final JavaRDD<PhotoOutcome> photos;

  /**
   * Plans the decoding; the first question does it.
   *
   * @param files the photos
   * @param settings what they become
   * @param labeler gives them their labels
   * @param decodedPhotos counts them
   */
  DecodedPhotos(
      PhotoTasks files, ImageSettings settings, Labeler labeler, CountedTasks decodedPhotos) {
    PhotoReader reader = new PhotoReader(settings, labeler, files.contents());
    this.photos =
        files
            .listed()
            .map(
                file -> {
                  PhotoOutcome photo = reader.read(file);
                  decodedPhotos.add(1);
                  return photo;
                })
            .persist(StorageLevel.DISK_ONLY());
  }

  /**
   * What is known of the photos of one partition, without their pixels.
   *
   * @param used those that can be used
   * @param rejected the others
   * @param withoutMarker the paths of the used ones that lack their end marker
   */
  record Partition(
      List<LabelledPhoto> used, List<PhotoOutcome.Rejected> rejected, List<String> withoutMarker)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private static Partition of(Iterator<PhotoOutcome> photos) {
      List<LabelledPhoto> used = new ArrayList<>();
      List<PhotoOutcome.Rejected> rejected = new ArrayList<>();
      List<String> withoutMarker = new ArrayList<>();
      while (photos.hasNext()) {
        PhotoOutcome photo = photos.next();
        if (photo instanceof PhotoOutcome.Used u) {
          used.add(u.photo());
          if (u.ending() == PhotoOutcome.Ending.WITHOUT_MARKER) {
            withoutMarker.add(u.photo().path());
          }
        } else if (photo instanceof PhotoOutcome.Rejected r) {
          rejected.add(r);
        }
      }
      return new Partition(used, rejected, withoutMarker);
    }
  }

  /** Each partition of the photos. */
  List<Partition> partitions() {
    return photos.mapPartitions(all -> List.of(Partition.of(all)).iterator()).collect();
  }

  /** The photos that can be used, in the same partitions. */
  JavaRDD<PhotoOutcome.Used> used() {
    return photos.mapPartitions(DecodedPhotos::used, true);
  }

  private static Iterator<PhotoOutcome.Used> used(Iterator<PhotoOutcome> partition) {
    return streamOf(partition)
        .filter(PhotoOutcome.Used.class::isInstance)
        .map(PhotoOutcome.Used.class::cast)
        .iterator();
  }

  /** One pass over a partition. */
  static <T> Stream<T> streamOf(Iterator<T> partition) {
    Iterable<T> once = () -> partition;
    return StreamSupport.stream(once.spliterator(), false);
  }

  /** Gives the disks free. */
  @Override
  public void close() {
    // Waits: Spark that is stopped meanwhile prints a stack trace.
    photos.unpersist(true);
  }
}
