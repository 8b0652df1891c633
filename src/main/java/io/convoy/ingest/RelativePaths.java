package io.convoy.ingest;

import java.io.Serializable;

/**
 * Names files by their path below the images folder, so that tables read the same wherever the
 * folder lies.
 */
public final class RelativePaths implements Serializable {
  private static final long serialVersionUID = 1L;
  private final String root;

  /**
   * @param root the folder's qualified path
   */
  public RelativePaths(String root) {
    String path = withoutAuthoritySlashes(root);
    this.root = path.endsWith("/") ? path : path + "/";
  }

  /**
   * The path below the folder.
   *
   * @throws IllegalArgumentException if the file is not below the folder
   */
  public String of(String file) {
    String path = withoutAuthoritySlashes(file);
    if (!path.startsWith(root) || path.length() == root.length()) {
      throw new IllegalArgumentException(file + " is not below " + root);
    }
    return path.substring(root.length());
  }

  /** Hadoop writes file:/a and file:///a for the same file. */
  private static String withoutAuthoritySlashes(String path) {
    return path.startsWith("file:///") ? "file:" + path.substring("file://".length()) : path;
  }
}
