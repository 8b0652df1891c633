/**
 * Measures convoy against the plain way on the machine at hand: DL4J's layers as they come, DL4J's
 * image loader, training without Spark, and the machine's own matrix products. Ratios of one run
 * are what counts; the figures of two machines, or of two days, do not compare.
 */
package io.convoy.bench;
