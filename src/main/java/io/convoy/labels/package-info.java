/**
 * The classes, and which of them a photo has, by its path or by a table. The one place that gives
 * labels.
 */
package io.convoy.labels;
