package io.convoy.dataset;

import io.convoy.image.Rgb;
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
  /** Of a group of photos, serialised as one object: Java describes the classes of each anew. */
  private static final int GROUP_BYTES = 4 << 20;

  private final JavaRDD<ArrayList<PhotoOutcome>> groups;

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
    long pixels = (long) settings.height() * settings.width() * Rgb.CHANNELS;
    int group = (int) Math.max(1, GROUP_BYTES / pixels);
    this.groups =
        files
            .listed()
            .mapPartitions(
                listed -> {
                  Iterator<PhotoOutcome> decoded =
                      streamOf(listed)
                          .map(
                              file -> {
                                PhotoOutcome photo = reader.read(file);
                                decodedPhotos.add(1);
                                return photo;
                              })
                          .iterator();
                  return grouped(decoded, group);
                })
            .persist(StorageLevel.DISK_ONLY());
  }

  private static Iterator<ArrayList<PhotoOutcome>> grouped(
      Iterator<PhotoOutcome> photos, int most) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return photos.hasNext();
      }

      @Override
      public ArrayList<PhotoOutcome> next() {
        ArrayList<PhotoOutcome> group = new ArrayList<>();
        while (group.size() < most && photos.hasNext()) {
          group.add(photos.next());
        }
        return group;
      }
    };
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
    return groups
        .mapPartitions(all -> List.of(Partition.of(photosOf(all).iterator())).iterator())
        .collect();
  }

  /** The photos that can be used, in the same partitions. */
  JavaRDD<PhotoOutcome.Used> used() {
    return groups.mapPartitions(DecodedPhotos::used, true);
  }

  private static Iterator<PhotoOutcome.Used> used(Iterator<ArrayList<PhotoOutcome>> partition) {
    return photosOf(partition)
        .filter(PhotoOutcome.Used.class::isInstance)
        .map(PhotoOutcome.Used.class::cast)
        .iterator();
  }

  private static Stream<PhotoOutcome> photosOf(Iterator<ArrayList<PhotoOutcome>> groups) {
    return streamOf(groups).flatMap(List::stream);
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
    groups.unpersist(true);
  }
}
