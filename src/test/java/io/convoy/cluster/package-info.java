/** Real clusters and file systems on this machine, each a process of its own, and tests on them. */
package io.convoy.cluster;
