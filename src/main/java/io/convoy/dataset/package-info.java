/**
 * The prepared data set: packed uint8 examples on any Hadoop file system, their split, and the
 * manifest that says the data set is finished.
 */
package io.convoy.dataset;
