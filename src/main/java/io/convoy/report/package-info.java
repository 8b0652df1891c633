/** Tables that a run leaves, how they are printed, and how they are read again. */
package io.convoy.report;
