package io.convoy.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads numbers from a file of which nothing is trusted: whatever lies past the end is an {@link
 * EOFException}, and no buffer is sized by what the file claims. It buffers by itself, as the
 * synchronised calls of {@link java.io.BufferedInputStream} would take longer than the scan.
 */
final class ByteReader {
  private static final int BUFFER_BYTES = 4096;

  private final InputStream rest;
  private final byte[] buffer;
  private int position;
  private int limit;

  ByteReader(byte[] file) {
    rest = InputStream.nullInputStream();
    buffer = file;
    limit = file.length;
  }

  /** Does not close the stream, and reads up to 4096 bytes more of it than are asked for. */
  ByteReader(InputStream file) {
    rest = file;
    buffer = new byte[BUFFER_BYTES];
  }

  /** The first bytes, without moving on; fewer than asked for when the file is shorter. */
  byte[] peek(int most) throws IOException {
    if (position == 0 && limit == 0) {
      limit = rest.readNBytes(buffer, 0, buffer.length);
    }
    return Arrays.copyOfRange(buffer, position, Math.min(limit, position + most));
  }

  int u8() throws IOException {
    if (position == limit) {
      fill();
    }
    return buffer[position++] & 0xFF;
  }

  private void fill() throws IOException {
    position = 0;
    limit = rest.readNBytes(buffer, 0, buffer.length);
    if (limit == 0) {
      throw new EOFException();
    }
  }

  /** Moves behind the next byte of this value, faster than byte by byte. */
  void skipPast(byte value) throws IOException {
    int at = position;
    while (at == limit || buffer[at] != value) {
      if (at == limit) {
        fill();
        at = 0;
      } else {
        at++;
      }
    }
    position = at + 1;
  }

  int u16() throws IOException {
    return u8() << 8 | u8();
  }

  int u16LittleEndian() throws IOException {
    return u8() | u8() << 8;
  }

  int u24LittleEndian() throws IOException {
    return u16LittleEndian() | u8() << 16;
  }

  int i32() throws IOException {
    return u16() << 16 | u16();
  }

  int i32LittleEndian() throws IOException {
    return u16LittleEndian() | u16LittleEndian() << 16;
  }

  long u32LittleEndian() throws IOException {
    return Integer.toUnsignedLong(i32LittleEndian());
  }

  /** The next bytes, all of them. */
  byte[] bytes(int count) throws IOException {
    byte[] read = new byte[Math.min(count, BUFFER_BYTES)];
    for (int i = 0; i < count; i++) {
      if (i == read.length) {
        read = Arrays.copyOf(read, Math.min(count, 2 * read.length));
      }
      read[i] = (byte) u8();
    }
    return read;
  }

  void skip(long count) throws IOException {
    int buffered = (int) Math.min(count, limit - position);
    position += buffered;
    rest.skipNBytes(count - buffered);
  }
}
