package io.convoy.tracking;

import io.convoy.storage.Storage;

/**
 * A file for the server.
 *
 * @param path below the run's files there, such as {@code tables/metrics.csv}
 * @param content where it lies
 */
public record TrackedFile(String path, Storage content) {}
