/**
 * Rows into Parquet files and back, where the rows are wanted: those of the driver need no job of
 * Spark's.
 */
package io.convoy.table;
