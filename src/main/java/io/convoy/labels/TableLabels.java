package io.convoy.labels;

import java.io.Serializable;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** Labels that a table gives each image. */
public final class TableLabels implements Labeler {
  private static final long serialVersionUID = 1L;

  private final List<String> classes;
  private final TreeMap<String, Integer> labels;
  private final TreeMap<String, Fault> faults;

  /**
   * Why an image has no label.
   *
   * @param kind what others may have in common with it
   * @param detail what there is to say of this one; may be empty
   */
  public record Fault(String kind, String detail) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return kind + detail;
    }
  }

  /**
   * @param classes in the order of their labels
   * @param labels the class's index, by the path of each image that has one
   * @param faults of the others, by their paths
   */
  public TableLabels(List<String> classes, Map<String, Integer> labels, Map<String, Fault> faults) {
    this.classes = List.copyOf(classes);
    this.labels = new TreeMap<>(labels);
    this.faults = new TreeMap<>(faults);
  }

  /** The same for some of the images. */
  public TableLabels of(Set<String> paths) {
    TableLabels some = new TableLabels(classes, labels, faults);
    some.labels.keySet().retainAll(paths);
    some.faults.keySet().retainAll(paths);
    return some;
  }

  /** Why images have no label, by their paths. */
  public Map<String, Fault> faults() {
    return faults;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public OptionalInt label(String path) {
    Integer label = labels.get(path);
    return label == null ? OptionalInt.empty() : OptionalInt.of(label);
  }

  @Override
  public String whyNone(String path) {
    return faults.get(path).toString();
  }

  @Override
  public Optional<String> twoLabels(String path) {
    return Optional.ofNullable(faults.get(path)).map(Fault::kind);
  }

  @Override
  public String group(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "./" : path.substring(0, slash + 1);
  }

  @Override
  public String key() {
    var digest = DigestUtils.getSha256Digest();
    labels.forEach((path, label) -> DigestUtils.updateDigest(digest, path + '\n' + label + '\n'));
    faults.forEach((path, fault) -> DigestUtils.updateDigest(digest, path + '\n' + fault + '\n'));
    return classes + "\ntable " + HexFormat.of().formatHex(digest.digest());
  }
}
