package io.convoy.filters;

import io.convoy.filters.FilterPage.Network;
import io.convoy.filters.FilterPage.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the pictures of a photo: each for a file of its own, and all of them for the page. */
public final class Gallery {
  private final Map<String, Picture> files = new LinkedHashMap<>();
  private final List<Section> sections = new ArrayList<>();
  private final List<Network> networks = new ArrayList<>();

  /**
   * Adds the views of a photo at one size.
   *
   * @param folder of their files
   * @param heading what size that is
   * @param note why
   * @param photo in that size
   */
  public void addViews(String folder, String heading, String note, RgbImage photo) {
    EdgeViews views = EdgeViews.of(photo);
    sections.add(new Section(heading, note, views));
    views.files().forEach((name, picture) -> files.put(folder + "/" + name, picture));
  }

  /**
   * Adds a network.
   *
   * @param name of its architecture
   * @param maps of its first layer; none where that is no convolution
   */
  public void addNetwork(String name, List<FeatureMap> maps) {
    networks.add(new Network(name, maps));
    for (FeatureMap map : maps) {
      files.put(file("map", map), map.map());
      files.put(file("kernel", map), map.kernel());
    }
  }

  private static String file(String what, FeatureMap map) {
    return String.format(Locale.ROOT, "first-layer/%s-%03d.png", what, map.number());
  }

  /** The pictures by the names of their files, which have folders. */
  public Map<String, Picture> files() {
    return Collections.unmodifiableMap(files);
  }

  /**
   * The page of all of them.
   *
   * @param photo name of the photo's file
   * @param size of the photo in pixels, height x width
   */
  public FilterPage page(String photo, String size) {
    return new FilterPage(photo, size, List.copyOf(sections), List.copyOf(networks));
  }
}
