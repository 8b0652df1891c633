/**
 * What becomes of the workers' numbers at an averaging: the outer step from one mean to the next,
 * and running statistics as of all workers' images together. Arithmetic alone.
 */
package io.convoy.averaging;
