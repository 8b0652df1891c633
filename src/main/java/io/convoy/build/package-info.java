/** Which build of convoy runs. */
package io.convoy.build;
