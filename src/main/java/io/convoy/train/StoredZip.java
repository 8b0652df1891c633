package io.convoy.train;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip file of uncompressed entries, for numbers that hardly become shorter: deflating them takes
 * far longer than writing them. The same entries give the same bytes.
 */
final class StoredZip {
  /** Not the first day of the format's calendar: with that one Java adds the time zone's hour. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final ZipOutputStream zip;

  /**
   * @param out stays open
   */
  StoredZip(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /**
   * Writes an entry.
   *
   * @param content is asked twice, and writes the same each time: an uncompressed entry begins with
   *     its length and checksum
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
