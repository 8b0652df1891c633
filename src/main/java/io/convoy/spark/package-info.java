/**
 * The one place that makes a Spark session. It waits for the session's executors, asks them, counts
 * images in their tasks, and sends Spark's log to a file.
 */
package io.convoy.spark;
