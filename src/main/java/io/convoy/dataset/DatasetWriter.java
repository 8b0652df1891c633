package io.convoy.dataset;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.failure.UserException;
import io.convoy.ingest.ListingSummary;
import io.convoy.ingest.Packing;
import io.convoy.ingest.PhotoTasks;
import io.convoy.progress.Progress;
import io.convoy.settings.Settings;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Makes a data set of a folder of photos: decodes each once, splits by content hash, and writes the
 * examples as shards, an index ({@code examples.parquet}), the rejected files ({@code
 * rejected.parquet}) and, last, the {@link Manifest}.
 */
public final class DatasetWriter {
  /** At most this many bytes a shard. */
  private static final long SHARD_BYTES = 128L << 20;

  private final JavaSparkContext context;
  private final Settings settings;
  private final long shardBytes;
  private final Optional<Packing> packing;

  /**
   * @param context Spark
   * @param settings what the examples shall be
   */
  public DatasetWriter(JavaSparkContext context, Settings settings) {
    this(context, settings, SHARD_BYTES, Optional.empty());
  }

  DatasetWriter(
      JavaSparkContext context, Settings settings, long shardBytes, Optional<Packing> packing) {
    this.context = context;
    this.settings = settings;
    this.shardBytes = shardBytes;
    this.packing = packing;
  }

  /**
   * Writes the data set.
   *
   * @param plan of their split
   * @param scan what their names tell
   * @param labels the file that labels them; empty where their paths do
   * @param dataset where to; must be empty
   * @param version of convoy, for the manifest
   * @param progress counts the photos decoded
   * @param remarks is told what is worth knowing of photos that are used, a line each
   * @return the manifest as written
   * @throws UserException if too many images are rejected, or too few are left
   */
  public Manifest write(
      SplitPlan plan,
      ListingSummary scan,
      Optional<Storage> labels,
      Storage dataset,
      String version,
      Progress progress,
      Consumer<String> remarks) {
    List<String> classes = scan.labeler().classes();
    var layout =
        new Shard.RecordLayout(
            settings.images().height(), settings.images().width(), classes.size());
    JobNames names = new JobNames(context.sc());
    names.begin("prepare: decoding %s", Amount.of(scan.images(), "image"));
    try (CountedTasks counted = new CountedTasks(context.sc(), progress);
        DecodedPhotos photos =
            new DecodedPhotos(
                new PhotoTasks(context, plan.listing(), packing),
                settings.images(),
                scan.labeler(),
                counted)) {
      List<DecodedPhotos.Partition> partitions = photos.partitions();
      tellOfMissingEnds(partitions, remarks);
      Rejections rejections = Rejections.of(partitions);
      rejections.refuseTooMany(settings.images().maxRejected(), scan.images());
      SplitAssignment split =
          new SplitAssignment(settings.split(), classes, plan::split, plan::group);
      List<List<LabelledPhoto>> used =
          partitions.stream().map(DecodedPhotos.Partition::used).toList();
      List<LabelledPhoto> all = used.stream().flatMap(List::stream).toList();
      Map<Split, List<LabelledPhoto>> assigned = split.assign(all);
      tellOfRemoved(used, assigned, remarks);
      Map<Split, SplitCounts> counts = split.counts(assigned, layout.recordBytes(), shardBytes);
      names.begin("prepare: writing the examples");
      List<String> hashes =
          new ShardWriter(context, dataset, counts, layout).write(photos.used(), used, assigned);
      DatasetTables tables = new DatasetTables(dataset);
      tables.writeExamples(assigned, split.keys(all));
      tables.writeRejected(rejections.photos());
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              DatasetIdentity.of(plan, scan, settings),
              DigestUtils.sha256Hex(String.join("\n", hashes)),
              plan.listing().folder().toString(),
              classes,
              settings.images().height(),
              settings.images().width(),
              counts.get(Split.TRAIN),
              counts.get(Split.VALIDATION),
              counts.get(Split.TEST),
              rejections.photos().size(),
              plan.leftOut() + used(used) - used(assigned.values()),
              version,
              hashes,
              labels.map(Storage::toString).orElse(null),
              settings.ofPhotos());
      manifest.write(dataset);
      return manifest;
    } finally {
      names.end();
    }
  }

  private static void tellOfRemoved(
      List<List<LabelledPhoto>> used,
      Map<Split, List<LabelledPhoto>> assigned,
      Consumer<String> remarks) {
    Set<LabelledPhoto> left =
        assigned.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    List<String> removed =
        used.stream()
            .flatMap(List::stream)
            .filter(photo -> !left.contains(photo))
            .map(LabelledPhoto::path)
            .sorted()
            .toList();
    if (!removed.isEmpty()) {
      remarks.accept(
          Amount.of(removed.size(), "training photo")
              + " left out, whose bytes are in validation or test too (split.duplicates), such as "
              + Printable.of(removed.get(0)));
    }
  }

  private static long used(Collection<List<LabelledPhoto>> photos) {
    return photos.stream().mapToLong(List::size).sum();
  }

  private static void tellOfMissingEnds(
      List<DecodedPhotos.Partition> partitions, Consumer<String> remarks) {
    List<String> paths =
        partitions.stream().flatMap(each -> each.withoutMarker().stream()).sorted().toList();
    if (!paths.isEmpty()) {
      remarks.accept(
          String.format(
              Locale.ROOT,
              "%,d JPEG %s no end marker, such as %s: used, as all pixels are there",
              paths.size(),
              paths.size() == 1 ? "file has" : "files have",
              Printable.of(paths.get(0))));
    }
  }
}
