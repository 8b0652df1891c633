package io.convoy.spark;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The process's own stderr once native code no longer has it. The decoders of photos write remarks
 * such as "Corrupt JPEG data" to file descriptor 2, without the name of any file, and have no
 * switch for it.
 */
final class NativeStderr extends OutputStream {
  private static final int STDERR = 2;

  private final int descriptor;

  private NativeStderr(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Sends to the end of the file what native code writes to stderr from now on; what Java writes to
   * {@code System.err} goes where it went. Where the platform does not allow it, nothing changes.
   */
  static void sendTo(Path file) {
    // Its library is unpacked there, without a folder that would stay.
    System.setProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
    System.setProperty("jna.nosys", "true");
    try {
      Native.register(NativeStderr.class, NativeLibrary.getProcess());
      Pointer log = fopen(file.toString(), "a");
      int kept = log == null ? -1 : dup(STDERR);
      if (kept >= 0) {
        System.err.flush();
        System.setErr(new PrintStream(new NativeStderr(kept), true));
        dup2(fileno(log), STDERR);
      }
    } catch (LinkageError e) {
      // No library for this platform, or a temporary folder that may not execute.
      return;
    }
  }

  @Override
  public void write(int letter) throws IOException {
    write(new byte[] {(byte) letter}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    for (int start = offset; start < end; ) {
      try {
        start += (int) write(descriptor, Arrays.copyOfRange(bytes, start, end), end - start);
      } catch (LastErrorException e) {
        throw new IOException(e);
      }
    }
  }

  private static native int dup(int descriptor);

  private static native int dup2(int from, int to);

  private static native Pointer fopen(String name, String mode);

  private static native int fileno(Pointer stream);

  private static native long write(int descriptor, byte[] bytes, long length)
      throws LastErrorException;
}
