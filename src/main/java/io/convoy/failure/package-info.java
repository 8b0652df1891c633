/** What a user can mend, told apart from bugs, and text that is fit to be shown to people. */
package io.convoy.failure;
