/** Finds the photos of a folder, reads their files and surveys their shapes. */
package io.convoy.ingest;
