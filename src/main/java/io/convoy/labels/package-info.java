/**
 * The classes, and which of them a photo has, from its path alone. The one place that gives labels.
 */
package io.convoy.labels;
