package io.convoy.doctor;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** A local disk on which one step fails. */
public final class BrokenFileSystem extends RawLocalFileSystem {
  private static final String BROKEN = "test.broken";

  enum Step {
    NONE,
    WRITE,
    CLOCK,
    LIST,
    READ,
    DELETE
  }

  /** A folder of the disk, through a file system of its own. */
  static Storage at(java.nio.file.Path folder, Step broken) {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.broken.impl", BrokenFileSystem.class, FileSystem.class);
    configuration.setBoolean("fs.broken.impl.disable.cache", true);
    configuration.setEnum(BROKEN, broken);
    return Storage.at("broken://" + UUID.randomUUID() + folder, configuration);
  }

  private boolean breaks(Step step) {
    return getConf().getEnum(BROKEN, Step.NONE) == step;
  }

  private void failAt(Step step) throws IOException {
    if (breaks(step)) {
      throw new IOException("out of order\nat some place");
    }
  }

  @Override
  public String getScheme() {
    return "broken";
  }

  @Override
  protected void checkPath(Path path) {
    // All names are taken.
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    failAt(Step.WRITE);
    return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    failAt(Step.LIST);
    return super.listStatus(folder);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    failAt(Step.READ);
    return super.open(file, bufferSize);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    FileStatus status = super.getFileStatus(path);
    if (breaks(Step.CLOCK)) {
      status =
          new FileStatus(status.getLen(), status.isDirectory(), 1, 1, 3_600_000, status.getPath());
    }
    return status;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    failAt(Step.DELETE);
    return super.delete(path, recursive);
  }
}
