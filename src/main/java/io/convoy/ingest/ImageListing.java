package io.convoy.ingest;

import io.convoy.storage.Storage;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Goes through the image files of a folder and its sub-folders by name, opening none. */
final class ImageListing {
  private final FileSystem fileSystem;
  private final Path folder;
  private final RelativePaths paths;

  ImageListing(Storage folder) {
    this.fileSystem = folder.fileSystem();
    this.folder = folder.path();
    this.paths = new RelativePaths(folder.path().toString());
  }

  /** Is shown each image file. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param path below the images folder
     * @param file its size and modification time
     */
    void visit(String path, FileStatus file);
  }

  /** Shows all image files, in the order of the file system. */
  void forEach(Visitor visitor) throws IOException {
    if (fileSystem instanceof LocalFileSystem) {
      walk(folder, visitor);
      return;
    }
    // One request for a thousand files on an object store, whatever their folders.
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(folder, true);
    while (files.hasNext()) {
      show(files.next(), visitor);
    }
  }

  /** listFiles would start a process a file on a local disk, to ask for its permissions: 3 ms. */
  private void walk(Path place, Visitor visitor) throws IOException {
    for (FileStatus file : fileSystem.listStatus(place)) {
      if (file.isDirectory()) {
        walk(file.getPath(), visitor);
      } else {
        show(file, visitor);
      }
    }
  }

  private void show(FileStatus file, Visitor visitor) {
    String path = paths.of(file.getPath().toString());
    if (ImageFiles.isImage(path)) {
      visitor.visit(path, file);
    }
  }
}
