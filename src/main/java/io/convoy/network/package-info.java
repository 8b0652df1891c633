/**
 * From an architecture of the settings to a DL4J network: its configuration, its shapes and the
 * number of its parameters, and the weights that are found before training. Knows nothing of Spark.
 */
package io.convoy.network;
