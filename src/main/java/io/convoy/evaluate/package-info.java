/**
 * From predicted probabilities to metrics and decision thresholds, for the two-class task. Pure: no
 * Spark, no files, no formatting.
 */
package io.convoy.evaluate;
