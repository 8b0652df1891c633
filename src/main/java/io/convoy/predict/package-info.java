/** Scores photos with a trained network, whatever folder they lie in and whatever their names. */
package io.convoy.predict;
