package io.convoy.tracking;

import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which runs of a server are those of a folder, so that a run that goes on there does so on the
 * server too. A file that is lost or damaged costs new runs there, and no more.
 *
 * @param server its address
 * @param experiment its name
 * @param runs their ids by their keys
 */
record TrackerIds(String server, String experiment, Map<String, String> runs) {
  private static final Logger LOG = LoggerFactory.getLogger(TrackerIds.class);

  /** Those of a server and an experiment; none where the file is of others. */
  static TrackerIds read(Storage file, String server, String experiment) {
    try {
      if (file.exists()) {
        TrackerIds saved = Json.read(file.readSmall(), TrackerIds.class);
        if (server.equals(saved.server) && experiment.equals(saved.experiment)) {
          return new TrackerIds(
              server, experiment, saved.runs == null ? new TreeMap<>() : new TreeMap<>(saved.runs));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("{} is not read, and its runs are begun anew at {}", file, server, e);
    }
    return new TrackerIds(server, experiment, new TreeMap<>());
  }

  void write(Storage file) {
    try {
      file.write(out -> out.write(Json.write(this)));
    } catch (UncheckedIOException e) {
      LOG.warn("{} is not written: a run that goes on begins anew at {}", file, server, e);
    }
  }
}
