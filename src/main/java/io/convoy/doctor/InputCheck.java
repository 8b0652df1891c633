package io.convoy.doctor;

import io.convoy.ingest.PhotoNames;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The folder of the photos: lists it and reads one, and writes nothing. */
final class InputCheck {
  /** Where a folder cannot be listed or read. */
  static final String REMEDY =
      "check --images: the folder must be readable by this user on every machine (hdfs://, s3a:// or"
          + " a mounted folder; credentials in spark.hadoop.* settings)";

  private static final int MOST_READ = 1 << 20;

  private InputCheck() {}

  static CheckResult of(Storage folder) throws IOException {
    FileSystem files = folder.fileSystem();
    if (!folder.exists()) {
      return CheckResult.failed(folder + " is not there", REMEDY);
    }
    if (!files.getFileStatus(folder.path()).isDirectory()) {
      return CheckResult.failed(folder + " is a file", "give --images the folder of the photos");
    }
    Optional<FileStatus> photo = first(files, folder.path());
    if (photo.isEmpty()) {
      return CheckResult.failed(
          folder + " has no image",
          "put jpg, jpeg, png, bmp or webp files there, or mend --images");
    }
    Path path = photo.get().getPath();
    try (InputStream in = files.open(path)) {
      int read = in.readNBytes(MOST_READ).length;
      if (read < Math.min(photo.get().getLen(), MOST_READ)) {
        return CheckResult.failed(
            path + " ends too early, after %,d bytes".formatted(read), REMEDY);
      }
    }
    return CheckResult.ok(
        "listed, read " + path.getName() + " by " + folder.path().toUri().getScheme());
  }

  /** The files of a folder come before those of its folders; the listing goes no further. */
  private static Optional<FileStatus> first(FileSystem files, Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    RemoteIterator<FileStatus> entries = files.listStatusIterator(folder);
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      String name = entry.getPath().getName();
      if (entry.isFile() && PhotoNames.isImage(name)) {
        return Optional.of(entry);
      }
      if (entry.isDirectory() && PhotoNames.isSearched(name)) {
        folders.add(entry.getPath());
      }
    }
    for (Path inner : folders) {
      Optional<FileStatus> found = first(files, inner);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
