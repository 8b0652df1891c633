package io.convoy.doctor;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The output folder while it is checked: made where it is not there, with a file of the driver's in
 * it for the executors to see. Closing it takes all of that away again.
 */
final class OutputFolder implements AutoCloseable {
  private final Deque<Storage> made = new ArrayDeque<>();
  private final ProbeFile marker;

  /** Makes the folder and the file. */
  OutputFolder(Storage folder) throws IOException {
    Storage missing = folder;
    while (!missing.exists() && missing.path().getParent() != null) {
      made.addLast(missing);
      missing = missing.parent();
    }
    marker = new ProbeFile(folder);
    try {
      folder.makeFolder();
      marker.write();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The name of the driver's file. */
  String marker() {
    return marker.name();
  }

  @Override
  public void close() throws IOException {
    marker.close();
    while (!made.isEmpty()) {
      Storage folder = made.removeFirst();
      // Not what somebody else has put something into meanwhile.
      if (folder.exists() && folder.children().isEmpty()) {
        folder.fileSystem().delete(folder.path(), false);
      }
    }
  }
}
