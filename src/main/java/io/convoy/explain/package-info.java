/** Where in a photo a network sees what it says: heat maps, and pictures of them. */
package io.convoy.explain;
