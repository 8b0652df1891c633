/**
 * From predicted probabilities to metrics and decision thresholds, for two classes and for more.
 * Pure: no Spark, no files, no formatting.
 */
package io.convoy.evaluate;
