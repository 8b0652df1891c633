/** The program. */
package io.convoy;
