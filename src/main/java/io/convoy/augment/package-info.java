/**
 * Photos as a network sees them while it trains: a mirrored, cropped, turned, recoloured, partly
 * covered copy, another in every epoch, and always the same for the same seed, epoch and photo; and
 * what it is mixed with. Knows nothing of Spark and DL4J.
 */
package io.convoy.augment;
