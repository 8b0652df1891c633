package io.convoy.dataset;

import io.convoy.ingest.FolderScan;
import io.convoy.settings.Settings;
import io.convoy.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether a prepared data set is still the one that these images and settings would give: a
 * hash of the input listing (path, size, modification time) and of all that changes pixels or
 * split.
 */
public final class DatasetIdentity {
  private DatasetIdentity() {}

  /** The identity, 64 hexadecimal digits. */
  public static String of(Storage images, FolderScan scan, Settings settings) {
    var image = settings.images();
    String key =
        String.join(
            "\n",
            "format " + Manifest.FORMAT,
            images.path().toString(),
            scan.fingerprint(),
            image.height() + "x" + image.width(),
            image.classes().toString(),
            image.labelRule().toString(),
            "at most " + image.maxPixels() + " pixels, " + image.maxFileBytes() + " bytes",
            settings.split().toString());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
