/**
 * Which settings a search tries, and which of its trials go on: draws from a space, and
 * asynchronous successive halving. Arithmetic alone: what trains is elsewhere.
 */
package io.convoy.search;
