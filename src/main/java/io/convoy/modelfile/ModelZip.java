package io.convoy.modelfile;

import io.convoy.network.NetworkConfiguration;
import io.convoy.storage.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.util.ModelSerializer;

/** The zip file that a model is: written and read entry by entry, in an order that matters. */
final class ModelZip {
  /** No entry that describes a network is larger. */
  private static final int MOST_BYTES = 16 << 20;

  /** Not the first day of the format's calendar: with that one Java adds the time zone's hour. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private ModelZip() {}

  /** Why a model's file cannot be read, in a line: Java has no words for one that is cut short. */
  static String reason(Exception e) {
    return e instanceof EOFException
        ? "it is cut short"
        : String.valueOf(e.getMessage()).lines().findFirst().orElse("it is damaged");
  }

  /** Reads the entries, one behind the other. */
  static final class Reader implements AutoCloseable {
    private final ZipInputStream zip;
    private String name;

    /**
     * @param in is closed with this
     */
    Reader(InputStream in) {
      this.zip = new ZipInputStream(in);
    }

    /** Goes to the next entry, or says that there is none. */
    boolean next() throws IOException {
      ZipEntry entry = zip.getNextEntry();
      name = entry == null ? null : entry.getName();
      return entry != null;
    }

    /** Whether the entry at which this stands is called so. */
    boolean is(String wanted) {
      return wanted.equals(name);
    }

    /** The name of the entry at which this stands. */
    String name() {
      return name;
    }

    /** The content of the entry; is not closed. */
    InputStream content() {
      return zip;
    }

    /**
     * Reads an entry that describes something.
     *
     * @throws IOException also when it is larger than a description can be
     */
    byte[] description() throws IOException {
      byte[] bytes = zip.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("its %s is larger than %d MB".formatted(name, MOST_BYTES >> 20));
      }
      return bytes;
    }

    /**
     * Reads the entry {@link ModelSerializer#CONFIGURATION_JSON}.
     *
     * @throws IllegalArgumentException if it describes no network
     */
    NetworkConfiguration configuration() throws IOException {
      return NetworkConfiguration.ofJson(new String(description(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  /**
   * Writes uncompressed entries: deflating numbers, which hardly become shorter, takes far longer
   * than writing them. The same entries give the same bytes.
   */
  static final class Writer {
    private final ZipOutputStream zip;

    /**
     * @param out stays open
     */
    Writer(OutputStream out) {
      this.zip = new ZipOutputStream(out);
    }

    /**
     * Writes an entry.
     *
     * @param content is asked twice, and writes the same each time: an uncompressed entry begins
     *     with its length and checksum
     */
    void write(String name, Storage.Content content) throws IOException {
      Measure measure = new Measure();
      content.writeTo(measure);
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(ZipEntry.STORED);
      entry.setTimeLocal(TIME);
      entry.setSize(measure.length);
      entry.setCrc(measure.checksum.getValue());
      zip.putNextEntry(entry);
      content.writeTo(zip);
      zip.closeEntry();
    }

    /** Writes the list of entries, the end of the file. */
    void finish() throws IOException {
      zip.finish();
    }
  }

  /** Takes bytes for their length and checksum only. */
  private static final class Measure extends OutputStream {
    private final CRC32 checksum = new CRC32();
    private long length;

    @Override
    public void write(int value) {
      checksum.update(value);
      length++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      checksum.update(bytes, offset, count);
      length += count;
    }
  }
}
