package io.convoy.ingest;

import io.convoy.failure.UserException;
import io.convoy.labels.LabelGroups;
import io.convoy.labels.Labeler;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What the names of the photos in a folder tell.
 *
 * @param images how many photos there are
 * @param bytes their bytes together
 * @param perClass how many of them each class has, by label
 * @param labeler gave them their labels
 * @param labels where these come from
 * @param fingerprint 64 hexadecimal digits that change with any photo's path, size or modification
 *     time, whatever order the file system lists them in
 */
public record ListingSummary(
    long images,
    long bytes,
    List<Long> perClass,
    Labeler labeler,
    LabelGroups labels,
    String fingerprint) {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  /** Looks at the names that were listed. */
  public static ListingSummary of(PhotoListing listing, Labeler labeler) {
    Sums sums = new Sums(labeler);
    listing.photos().forEach(sums::add);
    return sums.scan();
  }

  /** How many photos have no label. */
  public long unlabelled() {
    return images - perClass.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Refuses a folder that cannot be learned from.
   *
   * @throws UserException if a class has no photo by name, or one alone
   */
  public void requireEachClass(String folder) {
    List<String> classes = labels.classes();
    for (int label = 0; label < classes.size(); label++) {
      String name = classes.get(label);
      if (perClass.get(label) == 0) {
        throw new UserException(
            "%s: none of the images (%,d) is labelled %s; each class needs some. Seen: %s. %s",
            folder,
            images,
            name,
            labels.seen(),
            labels
                .option()
                .map(option -> "To learn these: " + option)
                .orElse(
                    String.format(
                        "Name files %s.1.jpg or put them in %s/, or name what was seen in"
                            + " images.classes (images.label-rule says where they are looked for).",
                        name, name)));
      }
      if (perClass.get(label) == 1) {
        throw new UserException(
            "%s: one image alone is labelled %s; a class needs two, one of them to train on: add some,"
                + " or move it out of the folder.",
            folder, name);
      }
    }
  }

  /**
   * Refuses a folder of which too much would be rejected for want of a label.
   *
   * @param allowed the largest share that may be rejected, 0 to 1
   * @throws UserException if the photos without a label are more
   */
  public void refuseTooManyUnlabelled(String folder, double allowed) {
    if (unlabelled() > allowed * images) {
      throw new UserException(
          "%s: %,d of %,d images have no label, more than the share of %s that --max-rejected allows:"
              + " %s. Move them out of the folder, name their class in images.classes, or raise"
              + " --max-rejected.",
          folder, unlabelled(), images, allowed, String.join("; ", labels.faults()));
    }
  }

  private static final class Sums {
    private final Labeler labeler;
    private final long[] perClass;
    private final LabelGroups.Counter labels;
    private long images;
    private long bytes;
    private BigInteger hashes = BigInteger.ZERO;

    Sums(Labeler labeler) {
      this.labeler = labeler;
      this.perClass = new long[labeler.classes().size()];
      this.labels = new LabelGroups.Counter(labeler);
    }

    void add(PhotoFile file) {
      OptionalInt label = labeler.label(file.path());
      images++;
      bytes += file.bytes();
      label.ifPresent(l -> perClass[l]++);
      labels.add(file.path(), label);
      byte[] key =
          (file.path() + '\n' + file.bytes() + '\n' + file.modified())
              .getBytes(StandardCharsets.UTF_8);
      hashes = hashes.add(new BigInteger(1, DigestUtils.sha256(key))).mod(MODULUS);
    }

    ListingSummary scan() {
      return new ListingSummary(
          images,
          bytes,
          Arrays.stream(perClass).boxed().toList(),
          labeler,
          labels.counted(),
          DigestUtils.sha256Hex(hashes.toByteArray()));
    }
  }
}
