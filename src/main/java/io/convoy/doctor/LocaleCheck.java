package io.convoy.doctor;

import java.nio.charset.Charset;

/** Whether the names of files may have letters beyond ASCII. */
final class LocaleCheck {
  static final String REMEDY = "set LC_ALL=C.UTF-8 (of executors: spark.executorEnv.LC_ALL)";

  private static final String BEYOND_ASCII = "\u00e9\u732b";

  private LocaleCheck() {}

  /**
   * @param encoding of file names, as Java calls it
   */
  static CheckResult of(String encoding) {
    return Charset.forName(encoding).newEncoder().canEncode(BEYOND_ASCII)
        ? CheckResult.ok("file names in " + encoding)
        : CheckResult.failed("file names in " + encoding + ", which loses letters", REMEDY);
  }
}
