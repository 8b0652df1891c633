package io.convoy.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Damages files as disks, networks and attackers do.
 *
 * @param random decides all
 */
record Damage(Random random) {
  /** Where lengths, sides and depths are likely to go wrong. */
  private static final int[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    9,
    12,
    16,
    24,
    32,
    255,
    256,
    1000,
    16_383,
    32_767,
    32_768,
    65_535,
    65_536,
    1 << 20,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    -2,
    -30
  };

  /** Headers are damaged as often as all the rest. */
  private static final int HEADER_BYTES = 100;

  private static final int BLOCK_BYTES = 200;
  private static final int PNG_SIGNATURE_BYTES = 8;
  private static final int PNG_FRAME_BYTES = 12;
  private static final byte[] PNG_END = Bytes.chunk("IEND", new byte[0]);
  private static final byte[] JPEG_END = {(byte) 0xFF, (byte) 0xD9};

  /** One to four kinds of damage to one of the files; half of the results look whole again. */
  byte[] toOneOf(List<byte[]> files) {
    byte[] damaged = any(files).clone();
    for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
      damaged = once(damaged, any(files));
    }
    return random.nextBoolean() ? damaged : lookingWhole(damaged);
  }

  private byte[] once(byte[] file, byte[] other) {
    int place = place(file);
    int end = Math.min(file.length, place + 1 + random.nextInt(BLOCK_BYTES));
    switch (random.nextInt(9)) {
      case 0 -> {
        return Bytes.cut(file, place);
      }
      case 1 -> {
        return Bytes.join(Bytes.cut(file, place), from(file, end));
      }
      case 2 -> {
        return Bytes.insert(file, place(file), Arrays.copyOfRange(file, place, end));
      }
      case 3 -> {
        return Bytes.join(Bytes.cut(file, place), from(other, place(other)));
      }
      case 4 -> Arrays.fill(file, place, end, (byte) (random.nextBoolean() ? 0 : 0xFF));
      case 5 -> System.arraycopy(file, place(file) * place / file.length, file, place, end - place);
      case 6 -> file[place] = (byte) random.nextInt(256);
      case 7 -> file[place] ^= (byte) (1 << random.nextInt(8));
      default -> setNumber(file, place);
    }
    return file;
  }

  private void setNumber(byte[] file, int place) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer number = ByteBuffer.allocate(4).order(order);
    number.putInt(NUMBERS[random.nextInt(NUMBERS.length)]);
    int first = order == ByteOrder.BIG_ENDIAN && random.nextBoolean() ? 2 : 0;
    int count = Math.min(4 - first, file.length - place);
    System.arraycopy(number.array(), first, file, place, count);
  }

  private byte[] any(List<byte[]> files) {
    return files.get(random.nextInt(files.size()));
  }

  private int place(byte[] file) {
    return random.nextInt(random.nextBoolean() ? Math.min(HEADER_BYTES, file.length) : file.length);
  }

  private static byte[] from(byte[] file, int start) {
    return Arrays.copyOfRange(file, start, file.length);
  }

  /** With the ends, lengths and checksums without which the damage would not reach the decoder. */
  private static byte[] lookingWhole(byte[] file) {
    if (Signature.at(file, 0, 0xFF, 0xD8)) {
      return Bytes.join(file, JPEG_END);
    }
    if (Signature.at(file, 0, "RIFF") && file.length >= PNG_SIGNATURE_BYTES) {
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, file.length - 8);
    }
    return Signature.at(file, 1, "PNG") ? Bytes.join(withChecksums(file), PNG_END) : file;
  }

  private static byte[] withChecksums(byte[] png) {
    ByteBuffer file = ByteBuffer.wrap(png);
    int start = PNG_SIGNATURE_BYTES;
    while (start + PNG_FRAME_BYTES <= png.length) {
      int length = file.getInt(start);
      if (length < 0 || length > png.length - start - PNG_FRAME_BYTES) {
        return Bytes.cut(png, start);
      }
      CRC32 checksum = new CRC32();
      checksum.update(png, start + 4, 4 + length);
      file.putInt(start + 8 + length, (int) checksum.getValue());
      start += PNG_FRAME_BYTES + length;
    }
    return Bytes.cut(png, Math.min(start, png.length));
  }
}
