package io.convoy.job;

import io.convoy.storage.FolderLock;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under {@code dying:///}, which after some changes lets through no more of them: to
 * its files that is what the death of all processes that write them is.
 */
public final class DyingFileSystem extends RawLocalFileSystem {
  /** Hadoop makes the file system, in every thread anew: there is no other way to reach it. */
  private static final AtomicInteger CHANGES_LEFT = new AtomicInteger(Integer.MAX_VALUE);

  /** Lets through so many changes from now on. */
  static void diesAfter(int changes) {
    CHANGES_LEFT.set(changes);
  }

  /** How many changes are let through still. */
  static int changesLeft() {
    return CHANGES_LEFT.get();
  }

  static void register(Configuration configuration) {
    configuration.setClass(
        "fs.dying.impl", DyingFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
  }

  /** A lock is renewed as time passes: counted, it would bring death earlier on a slow machine. */
  private static void change(Path path) throws IOException {
    int counted = path.getName().contains(FolderLock.FILE) ? 0 : 1;
    if (CHANGES_LEFT.getAndUpdate(left -> Math.max(0, left - counted)) == 0) {
      throw new IOException("the process is dead");
    }
  }

  @Override
  public URI getUri() {
    return URI.create("dying:///");
  }

  @Override
  public String getScheme() {
    return "dying";
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change(path);
    return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change(path);
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path source, Path target) throws IOException {
    change(target);
    return super.rename(source, target);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change(path);
    return super.delete(path, recursive);
  }
}
