package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.output.ProxyOutputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.util.functional.FutureIO;

/** A shard, as the tasks of one executor read it. */
final class ShardReader {
  private static final int PIECE_BYTES = 1 << 20;

  /** Makes s3a ask for what is read and no more. */
  private static final String S3A_POLICY = "fs.s3a.experimental.input.fadvise";

  private final Shard shard;
  private final Storage file;
  private final Shards all;
  private Content content;

  ShardReader(Shard shard, Storage file, Shards all) {
    this.shard = shard;
    this.file = file;
    this.all = all;
  }

  /** The bytes, wherever they are. */
  private interface Content extends Closeable {
    void read(long position, byte[] target, int length) throws IOException;
  }

  /** A channel would be closed, for all tasks, by the interruption of one. */
  private record OnDisk(RandomAccessFile file) implements Content {
    @Override
    public void read(long position, byte[] target, int length) throws IOException {
      file.seek(position);
      file.readFully(target, 0, length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private record InPlace(FSDataInputStream in) implements Content {
    @Override
    public void read(long position, byte[] target, int length) throws IOException {
      in.readFully(position, target, 0, length);
      // Gives the connection back, of which a client has fewer than there may be shards.
      in.unbuffer();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /**
   * Reads some of its bytes.
   *
   * @param target receives them, from its beginning
   * @throws java.io.EOFException if the shard ends before
   * @throws UserException if the shard was altered after it was prepared
   */
  synchronized void read(long position, byte[] target, int length) throws IOException {
    if (content == null) {
      content = open();
    }
    try {
      content.read(position, target, length);
    } catch (IOException e) {
      // Another attempt may find the store up again.
      IOUtils.closeQuietly(content);
      content = null;
      throw e;
    }
  }

  private Content open() throws IOException {
    if (isOnLocalDisk()) {
      return new OnDisk(new RandomAccessFile(file.path().toUri().getPath(), "r"));
    }
    File copy = all.copyOf(file);
    if (!copy.exists()) {
      FileStatus status = status();
      if (all.reserve(copy, status.getLen())) {
        requirePrepared(copy(status, copy), copy);
      }
    }
    return copy.exists()
        ? new OnDisk(new RandomAccessFile(copy, "r"))
        : new InPlace(FutureIO.awaitFuture(opening().opt(S3A_POLICY, "random").build()));
  }

  private void requirePrepared(String hash, File copy) {
    if (!all.knows(hash)) {
      FileUtils.deleteQuietly(copy);
      throw Shards.altered(file);
    }
  }

  private boolean isOnLocalDisk() {
    return "file".equals(file.path().toUri().getScheme());
  }

  private FileStatus status() throws IOException {
    return file.fileSystem().getFileStatus(file.path());
  }

  private FutureDataInputStreamBuilder opening() throws IOException {
    return file.fileSystem().openFile(file.path());
  }

  /**
   * Reads all of it, and keeps a copy where that pays.
   *
   * @param bytes its length
   * @return its line in {@link Manifest#shardHashes}
   * @throws UserException if it has another length
   */
  synchronized String hash(long bytes) throws IOException {
    FileStatus status = status();
    if (status.getLen() != bytes) {
      throw new UserException(
          "%s is %s than the manifest says; prepare the data set again, in another folder.",
          file, status.getLen() < bytes ? "shorter" : "longer");
    }
    if (!isOnLocalDisk()) {
      File copy = all.copyOf(file);
      if (!copy.exists() && all.reserve(copy, bytes)) {
        return copy(status, copy);
      }
    }
    return hash(status, OutputStream.nullOutputStream());
  }

  private String hash(FileStatus status, OutputStream copy) throws IOException {
    MessageDigest digest = DigestUtils.getSha256Digest();
    // A store that knows the status already does not ask for it again.
    try (InputStream in =
        new DigestInputStream(
            FutureIO.awaitFuture(opening().withFileStatus(status).build()), digest)) {
      IOUtils.copyLarge(in, copy, new byte[PIECE_BYTES]);
    }
    return shard.hashLine(HexFormat.of().formatHex(digest.digest()));
  }

  /** Copies what is reserved; there is no copy if the disk has no room in the end. */
  private String copy(FileStatus status, File copy) throws IOException {
    File draft = new File(copy + ".part");
    boolean copied = false;
    try {
      Draft out = new Draft(draft);
      String hash;
      try (out) {
        hash = hash(status, out);
      }
      copied = out.whole && draft.renameTo(copy);
      return hash;
    } finally {
      if (!copied) {
        FileUtils.deleteQuietly(draft);
        all.release(status.getLen());
      }
    }
  }

  /** A file whose disk may take no more: that ends the copy, and not the reading. */
  private static final class Draft extends ProxyOutputStream {
    private boolean whole = true;

    Draft(File file) throws IOException {
      super(new FileOutputStream(file));
    }

    @Override
    protected void handleIOException(IOException e) {
      whole = false;
    }
  }
}
