/**
 * A trained network as a stage of Spark ML's pipelines, and as a function of Spark SQL: for photos
 * in a column of a table, not in a folder.
 */
package io.convoy.ml;
