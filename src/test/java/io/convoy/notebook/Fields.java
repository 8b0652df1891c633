package io.convoy.notebook;

import java.util.Map;

/**
 * Stands in for {@code z}, Zeppelin's own object, as far as its fields go. In a {@code %spark}
 * paragraph they are made by {@code z.textbox}; Zeppelin leaves <code>${name=default}</code> there
 * as it is.
 */
public final class Fields {
  private Map<String, String> values = Map.of();

  void fill(Map<String, String> with) {
    values = with;
  }

  /** What the user has put into the field, or its default. */
  public Object textbox(String name, String standard) {
    return values.getOrDefault(name, standard);
  }
}
