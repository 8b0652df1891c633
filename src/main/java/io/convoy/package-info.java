/** Where others come in: the main class, and convoy as a library. */
package io.convoy;
