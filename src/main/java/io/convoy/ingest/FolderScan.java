package io.convoy.ingest;

import io.convoy.failure.UserException;
import io.convoy.settings.LabelRule;
import io.convoy.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.security.AccessControlException;

/**
 * What a look at the names in an images folder tells, without opening a file.
 *
 * @param images how many image files there are
 * @param bytes their bytes together
 * @param perClass how many of them each class has, by label
 * @param fingerprint 64 hexadecimal digits that change with any image's path, size or modification
 *     time, whatever order the file system lists them in
 */
public record FolderScan(long images, long bytes, List<Long> perClass, String fingerprint) {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  /**
   * Lists a folder of images that have no classes.
   *
   * @throws UserException if there is no such folder, or no image in it
   */
  public static FolderScan of(Storage folder) {
    return of(folder, new Labeler(List.of(), LabelRule.FILE_NAME), 0);
  }

  /**
   * Lists the folder, keeping nothing of a file but its share in the sums.
   *
   * @throws UserException if there is no such folder, or no image in it
   */
  public static FolderScan of(Storage folder, Labeler labeler, int classes) {
    Sums sums = new Sums(classes);
    try {
      if (!folder.fileSystem().getFileStatus(folder.path()).isDirectory()) {
        throw new UserException("%s is a file; --images wants the folder of the images.", folder);
      }
      new ImageListing(folder)
          .forEach(
              (path, file) ->
                  sums.add(path, file.getLen(), file.getModificationTime(), labeler.label(path)));
    } catch (FileNotFoundException e) {
      throw new UserException("%s: there is no such folder; check --images.", folder);
    } catch (AccessControlException e) {
      throw new UserException("%s: permission denied: %s.", folder, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
    }
    if (sums.images == 0) {
      throw new UserException(
          "%s has no image in it (looked for jpg, jpeg, png, bmp and webp, in its folders too).",
          folder);
    }
    return sums.scan();
  }

  /**
   * Refuses a folder that cannot be learned from.
   *
   * @throws UserException if a class has no image by name
   */
  public void requireEachClass(String folder, List<String> classes) {
    for (int label = 0; label < classes.size(); label++) {
      if (perClass.get(label) == 0) {
        throw new UserException(
            "%s: none of the %,d images is labelled %s; two classes are needed: name the files %s.1.jpg"
                + " or put them in %s/ (images.label-rule, images.classes).",
            folder, images, classes.get(label), classes.get(label), classes.get(label));
      }
    }
  }

  private static final class Sums {
    private final long[] perClass;
    private long images;
    private long bytes;
    private BigInteger hashes = BigInteger.ZERO;

    Sums(int classes) {
      perClass = new long[classes];
    }

    void add(String path, long length, long modified, OptionalInt label) {
      images++;
      bytes += length;
      label.ifPresent(l -> perClass[l]++);
      byte[] key = (path + '\n' + length + '\n' + modified).getBytes(StandardCharsets.UTF_8);
      hashes = hashes.add(new BigInteger(1, DigestUtils.sha256(key))).mod(MODULUS);
    }

    FolderScan scan() {
      return new FolderScan(
          images,
          bytes,
          Arrays.stream(perClass).boxed().toList(),
          DigestUtils.sha256Hex(hashes.toByteArray()));
    }
  }
}
