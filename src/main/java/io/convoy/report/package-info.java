/** Tables that a run leaves, and how they are printed. */
package io.convoy.report;
