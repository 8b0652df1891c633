package io.convoy.launch;

import java.util.Locale;

/** Where the driver runs: on this machine, or on the cluster. */
enum DeployMode {
  CLIENT,
  CLUSTER;

  /** As it is written in profiles and on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
