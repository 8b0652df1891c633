package io.convoy.settings;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import io.convoy.failure.UserException;
import java.io.File;
import java.net.URL;

/**
 * Refuses HOCON's {@code include}: conf files may lie on HDFS or S3, where the library does not
 * look, and a file that it does not find it leaves out without a word.
 */
record NoIncludes(String origin)
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    throw refused(what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    throw refused(what);
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refused(what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refused(what);
  }

  private UserException refused(Object what) {
    return new UserException(
        "%s: include of %s is not supported: name it with based-on, or write its settings into this"
            + " file.",
        origin, what);
  }
}
