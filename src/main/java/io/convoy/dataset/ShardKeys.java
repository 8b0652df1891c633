package io.convoy.dataset;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import scala.Tuple2;

/**
 * The keys of the photos of one partition. A photo that was read again after its executor was lost,
 * and has changed meanwhile, has none.
 *
 * @param byPhoto see {@link ShardPartitioner}
 */
record ShardKeys(HashMap<IndexedPhoto, Long> byPhoto) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The keys for each partition. */
  static List<ShardKeys> of(
      List<DecodedPhotos.Partition> partitions, List<AssignedPhoto> assigned) {
    Map<IndexedPhoto, Long> all = new HashMap<>();
    for (AssignedPhoto each : assigned) {
      all.put(each.photo(), ShardPartitioner.key(each.split(), each.position()));
    }
    return partitions.stream()
        .map(
            partition -> {
              HashMap<IndexedPhoto, Long> keys = new HashMap<>();
              partition.used().forEach(photo -> keys.put(photo, all.get(photo)));
              return new ShardKeys(keys);
            })
        .toList();
  }

  /** The photos that have a key, with it. */
  Iterator<Tuple2<Long, Photo.Used>> of(Iterator<Photo.Used> photos) {
    return DecodedPhotos.streamOf(photos)
        .filter(photo -> byPhoto.containsKey(photo.indexed()))
        .map(photo -> new Tuple2<>(byPhoto.get(photo.indexed()), photo))
        .iterator();
  }
}
