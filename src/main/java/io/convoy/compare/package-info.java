/**
 * Which network is worth it: networks that were measured on the same photos are compared with one
 * another, photo by photo, and with what they cost. Pure: no files, no Spark.
 */
package io.convoy.compare;
