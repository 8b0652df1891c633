/** The Zeppelin notebook, tried without Zeppelin's Spark interpreter. */
package io.convoy.notebook;
