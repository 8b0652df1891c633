/** Finds the photos of a folder, labels them and surveys their shapes. */
package io.convoy.ingest;
