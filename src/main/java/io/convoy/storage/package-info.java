/**
 * Files and folders on any Hadoop file system: what must be empty, and what appears whole or not.
 */
package io.convoy.storage;
