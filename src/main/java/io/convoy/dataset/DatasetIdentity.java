package io.convoy.dataset;

import io.convoy.ingest.ListingSummary;
import io.convoy.settings.Settings;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Tells whether a prepared data set is still the one that these images and settings would give: a
 * hash of the input listing (path, size, modification time) and of all that changes pixels or
 * split.
 */
public final class DatasetIdentity {
  /** Of the examples; that of the manifest grew without them. */
  private static final int FORMAT = 1;

  /** Grows when the decoder gives other pixels than before. */
  private static final int PIXELS = 2;

  private DatasetIdentity() {}

  /** The identity, 64 hexadecimal digits. */
  public static String of(SplitPlan plan, ListingSummary scan, Settings settings) {
    var image = settings.images();
    String key =
        String.join(
            "\n",
            "format " + FORMAT + ", pixels " + PIXELS,
            plan.listing().folder().path().toString(),
            scan.fingerprint(),
            image.height() + "x" + image.width(),
            scan.labeler().key(),
            "at most " + image.maxPixels() + " pixels, " + image.maxFileBytes() + " bytes",
            settings.split().key() + plan.fingerprint());
    return DigestUtils.sha256Hex(key);
  }
}
