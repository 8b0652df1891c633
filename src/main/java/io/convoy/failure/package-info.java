/** What a user can mend, told apart from bugs. */
package io.convoy.failure;
