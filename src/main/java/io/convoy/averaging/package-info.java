/**
 * Parameter averaging on Spark: what each worker trains in a round, how its parameters reach the
 * driver in slices and are averaged there, and the outer step from one mean to the next. The only
 * room that knows dl4j-spark.
 */
package io.convoy.averaging;
