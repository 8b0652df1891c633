/**
 * Rows as Parquet files, written where the rows are: a few rows on the driver need no Spark job.
 */
package io.convoy.table;
