/**
 * What a run is to do: typed settings, read from HOCON as command line over conf file over defaults
 * ({@code conf/convoy.conf}), each mistake in them told with its file, line and key.
 */
package io.convoy.settings;
