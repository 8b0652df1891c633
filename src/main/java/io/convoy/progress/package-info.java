/**
 * Progress of long work: a bar on a terminal, a line now and then where nobody watches. It goes to
 * stderr, so that tables on stdout stay clean.
 */
package io.convoy.progress;
