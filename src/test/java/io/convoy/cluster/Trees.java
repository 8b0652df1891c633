package io.convoy.cluster;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeSet;

/** Folders on disk, looked through. */
final class Trees {
  private Trees() {}

  /** All files below a folder, in order; what is missing, or deleted meanwhile, is passed over. */
  static List<Path> files(Path folder) throws IOException {
    Walk walk = new Walk();
    Files.walkFileTree(folder, walk);
    return List.copyOf(walk.files);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final TreeSet<Path> files = new TreeSet<>();

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return goOnIfDeleted(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      return failure == null ? FileVisitResult.CONTINUE : goOnIfDeleted(failure);
    }

    private static FileVisitResult goOnIfDeleted(IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
