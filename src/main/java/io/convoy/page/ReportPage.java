package io.convoy.page;

import com.samskivert.mustache.Mustache;
import java.io.StringReader;
import java.util.List;

/** Makes the page. */
public final class ReportPage {
  private final String version;

  /**
   * @param version of convoy
   */
  public ReportPage(String version) {
    this.version = version;
  }

  /**
   * The page of runs, HTML in one file that needs nothing beside it.
   *
   * @param runs one or more, their names distinct
   */
  public String html(List<RunPage> runs) {
    return Mustache.compiler()
        .escapeHTML(true)
        .emptyStringIsFalse(true)
        .withLoader(name -> new StringReader(Assets.text(name + ".mustache")))
        .compile(Assets.text("page.mustache"))
        .execute(PageView.of(runs, version));
  }
}
