package io.convoy.filters;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The pictures on one page of HTML, which holds them and needs no other file.
 *
 * @param photo name of the photo's file; untrusted text, escaped on the page
 * @param size of the photo in pixels, height x width
 * @param sections the photo's views, at its own size and at that of a network's images
 * @param network the network whose feature maps are shown; empty where no model was given
 */
public record FilterPage(String photo, String size, List<Section> sections, List<Network> network) {
  private static final String TEMPLATE = "page.mustache";

  /**
   * Views of the photo at one size.
   *
   * @param heading what size that is
   * @param note why
   * @param views the pictures
   */
  record Section(String heading, String note, EdgeViews views) {
    /** So small that its pixels are shown as squares. */
    private static final int SMALL_SIDE = 320;

    String scaling() {
      return views.original().width() < SMALL_SIDE ? "pixels" : "smooth";
    }
  }

  /**
   * A network.
   *
   * @param name of its architecture
   * @param maps of its first layer; none where that is no convolution
   */
  record Network(String name, List<FeatureMap> maps) {
    boolean isWithoutMaps() {
      return maps.isEmpty();
    }

    int filters() {
      return maps.size();
    }
  }

  String v() {
    return EdgeKernel.V.text();
  }

  String h() {
    return EdgeKernel.H.text();
  }

  /** The page, to be saved as UTF-8. */
  public String html() {
    try (InputStream in = FilterPage.class.getResourceAsStream(TEMPLATE);
        Reader template = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return Mustache.compiler().compile(template).execute(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
