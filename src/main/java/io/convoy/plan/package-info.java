/**
 * Predicts from measured times what an epoch takes on a cluster. Arithmetic alone: what goes in is
 * measured elsewhere.
 */
package io.convoy.plan;
