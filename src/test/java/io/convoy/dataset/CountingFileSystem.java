package io.convoy.dataset;

import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk under {@code counting:///}, which counts what a store would be asked for: the
 * status of a shard, and each range of it that is read from one end to the other.
 */
public final class CountingFileSystem extends RawLocalFileSystem {
  /** Hadoop makes the file system, in every thread anew: there is no other way to reach it. */
  private static final Map<String, Integer> REQUESTS = new ConcurrentHashMap<>();

  /** Makes the scheme known to the jobs of the tests' session, and to this configuration. */
  public static Configuration register(Configuration configuration) {
    for (Configuration each :
        new Configuration[] {configuration, SharedSpark.context().hadoopConfiguration()}) {
      each.setClass("fs.counting.impl", CountingFileSystem.class, FileSystem.class);
    }
    return configuration;
  }

  /** The address of a folder of the disk. */
  public static String uri(java.nio.file.Path folder) {
    return "counting://" + folder;
  }

  /** What was asked for of each shard of a folder since the last call, by the shard's name. */
  public static Map<String, Integer> requests(java.nio.file.Path folder) {
    Map<String, Integer> requests = new TreeMap<>();
    for (String path : REQUESTS.keySet()) {
      if (path.startsWith(folder.toString())) {
        requests.put(path.substring(path.lastIndexOf('/') + 1), REQUESTS.remove(path));
      }
    }
    return requests;
  }

  private static void count(Path path) {
    if (path.getName().endsWith(".u8")) {
      REQUESTS.merge(path.toUri().getPath(), 1, Integer::sum);
    }
  }

  @Override
  public URI getUri() {
    return URI.create("counting:///");
  }

  @Override
  public String getScheme() {
    return "counting";
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    count(path);
    return super.getFileStatus(path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return new FSDataInputStream(new Ranges(path));
  }

  private static final class Ranges extends FSInputStream {
    private final Path path;
    private final RandomAccessFile in;
    private long next = -1;

    Ranges(Path path) throws IOException {
      this.path = path;
      this.in = new RandomAccessFile(path.toUri().getPath(), "r");
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) == 1 ? one[0] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (in.getFilePointer() != next) {
        count(path);
      }
      int read = in.read(bytes, from, length);
      next = in.getFilePointer();
      return read;
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getFilePointer();
    }

    @Override
    public boolean seekToNewSource(long position) throws IOException {
      return false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
