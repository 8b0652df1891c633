package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.net.UnknownHostException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.ReflectionUtils;

/** Opens Hadoop's file systems, and tells what a user can mend where one does not open. */
final class FileSystems {
  private FileSystems() {}

  /**
   * Opens a place on the file system of its own path; see {@link Storage#at}.
   *
   * @throws UserException if there is no such file system, or it cannot be reached
   */
  static Storage open(String location, Configuration configuration) {
    if (location.isBlank()) {
      throw new UserException("An empty path was given: name a folder, such as /data/photos.");
    }
    try {
      Path path = new Path(location);
      FileSystem fileSystem = ownWhereLocal(path.getFileSystem(configuration), configuration);
      return new Storage(fileSystem, fileSystem.makeQualified(path));
    } catch (UnsupportedFileSystemException e) {
      throw noFileSystem(location, e);
    } catch (IOException e) {
      throw unopened(location, e);
    } catch (RuntimeException e) {
      // Hadoop wraps checked exceptions, without a type of its own.
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw noFileSystem(location, missing);
      }
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unopened(location, unknown);
      }
      if (e instanceof IllegalArgumentException) {
        throw new UserException("%s is not a path: %s.", location, UnreachableStore.firstLine(e));
      }
      throw e;
    }
  }

  /**
   * Hadoop's hidden .crc files on a local disk would forbid reading what an editor has changed. The
   * file system that Hadoop gives out is everybody's, so it stays as it is.
   */
  private static FileSystem ownWhereLocal(FileSystem shared, Configuration configuration)
      throws IOException {
    if (!(shared instanceof LocalFileSystem)) {
      return shared;
    }
    // One that was configured in its place keeps its own ways.
    FileSystem own =
        shared.getClass() == LocalFileSystem.class
            ? new LocalFileSystem(new LocalDisk())
            : ReflectionUtils.newInstance(shared.getClass(), configuration);
    own.initialize(shared.getUri(), configuration);
    own.setWriteChecksum(false);
    own.setVerifyChecksum(false);
    return own;
  }

  private static UserException unopened(String location, IOException e) {
    return UnreachableStore.behind(location, e)
        .orElseGet(
            () ->
                new UserException(
                    "%s: its file system cannot be opened (%s); check the path, and Spark's settings"
                        + " for that store (spark.hadoop.fs.*).",
                    location, UnreachableStore.firstLine(e)));
  }

  private static UserException noFileSystem(String location, Exception e) {
    return new UserException(
        "%s: no file system for this scheme is on the class path (%s). For s3a add hadoop-aws to Spark.",
        location, UnreachableStore.firstLine(e));
  }
}
