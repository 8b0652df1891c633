/** The program: the command line to a job, and what is thrown to a line and an exit status. */
package io.convoy.program;
