/** The commands, each from its inputs to its outputs. */
package io.convoy.job;
