/** The command line, parsed by scopt into one record a command. */
package io.convoy.cli;
