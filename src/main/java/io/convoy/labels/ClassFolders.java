package io.convoy.labels;

import io.convoy.settings.ClassNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Labels by folders of which each is a class, however deep its images lie, as in Keras' {@code
 * image_dataset_from_directory} and torchvision's {@code ImageFolder}. Folders above them that all
 * images share, and folders that are called like splits, are no classes: {@code
 * flowers/train/rose/1.jpg} is a rose. Names that differ by capitals alone are one class.
 */
final class ClassFolders implements Labeler {
  private static final long serialVersionUID = 1L;

  /** A folder of a partitioned table. */
  private static final String PARTITION = "class=";

  private final List<String> classes;

  /** The folders that have the classes' folders in them, each with a slash at its end. */
  private final List<String> above;

  /** The labels by the names, as {@link ClassNames#comparable} writes them. */
  private final TreeMap<String, Integer> labels = new TreeMap<>();

  private ClassFolders(List<String> classes, List<String> above) {
    this.classes = List.copyOf(classes);
    this.above = List.copyOf(above);
    for (int label = 0; label < classes.size(); label++) {
      labels.put(ClassNames.comparable(classes.get(label)), label);
    }
  }

  /**
   * Finds the folders.
   *
   * @param paths of all images
   * @param isSplit whether a folder is called like a split
   */
  static ClassFolders among(List<String> paths, Predicate<String> isSplit) {
    Level level = new Level(List.of(""), paths);
    boolean mayBeSplits = true;
    while (true) {
      Set<String> names = level.names();
      if (names.stream().anyMatch(name -> name.startsWith(PARTITION))) {
        break;
      }
      Level splits = level.below(isSplit);
      if (mayBeSplits
          && !names.isEmpty()
          && (names.stream().allMatch(isSplit) || splits.areTwo())) {
        mayBeSplits = false;
        level = splits;
      } else if (names.size() == 1) {
        level = level.below(name -> true);
      } else {
        break;
      }
    }
    Map<String, String> classes = new TreeMap<>();
    level.names().stream()
        .map(ClassFolders::className)
        .forEach(name -> classes.putIfAbsent(ClassNames.comparable(name), name));
    return new ClassFolders(classes.values().stream().sorted().toList(), level.folders);
  }

  /**
   * Folders, and the images that are in them or below.
   *
   * @param folders each with a slash at its end, or empty for all
   */
  private record Level(List<String> folders, List<String> paths) {

    /** Of the folders that are in these. */
    Set<String> names() {
      return children().stream().map(Level::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The folders that are in these, of those names. */
    Level below(Predicate<String> named) {
      return new Level(
          children().stream().filter(child -> named.test(name(child))).toList(), paths);
    }

    /** Whether two of the folders have folders in them, as splits of classes do. */
    boolean areTwo() {
      return folders.stream()
              .filter(folder -> !new Level(List.of(folder), paths).children().isEmpty())
              .limit(2)
              .count()
          == 2;
    }

    private static String name(String folder) {
      return folder.substring(
          folder.lastIndexOf('/', folder.length() - 2) + 1, folder.length() - 1);
    }

    private Set<String> children() {
      Set<String> children = new TreeSet<>();
      for (String path : paths) {
        folder(folders, path)
            .ifPresent(
                folder -> {
                  int slash = path.indexOf('/', folder.length());
                  if (slash >= 0) {
                    children.add(path.substring(0, slash + 1));
                  }
                });
      }
      return children;
    }
  }

  private static Optional<String> folder(List<String> folders, String path) {
    return folders.stream().filter(path::startsWith).findFirst();
  }

  private static String className(String folder) {
    return folder.startsWith(PARTITION) ? folder.substring(PARTITION.length()) : folder;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public OptionalInt label(String path) {
    Optional<String> folder = folder(above, path);
    int slash = folder.isEmpty() ? -1 : path.indexOf('/', folder.get().length());
    if (slash < 0) {
      return OptionalInt.empty();
    }
    Integer label =
        labels.get(ClassNames.comparable(className(path.substring(folder.get().length(), slash))));
    return label == null ? OptionalInt.empty() : OptionalInt.of(label);
  }

  @Override
  public String whyNone(String path) {
    return "no label: it is in none of the folders that are classes";
  }

  @Override
  public Optional<String> twoLabels(String path) {
    return Optional.empty();
  }

  @Override
  public String group(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "./" : path.substring(0, slash + 1);
  }

  @Override
  public String key() {
    return classes + "\nfolders in " + above;
  }
}
