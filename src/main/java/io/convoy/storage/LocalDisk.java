package io.convoy.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local disk, which gives files and folders their permissions by itself. Without its
 * native library Hadoop starts {@code chmod} for each file that it creates: some milliseconds of a
 * core, which for thousands of small files is most of their time. To go once Hadoop's {@code
 * RawLocalFileSystem.setPermission} starts no other program.
 */
final class LocalDisk extends RawLocalFileSystem {

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    if (permission.getStickyBit()
        || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      super.setPermission(path, permission);
    } else {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permission.toString()));
    }
  }
}
