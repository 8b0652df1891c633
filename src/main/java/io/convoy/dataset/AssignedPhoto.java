package io.convoy.dataset;

/**
 * A photo with its place in the data set.
 *
 * @param photo the photo
 * @param split the split it falls into
 * @param position in the split, from 0 in the order of the hashes
 */
public record AssignedPhoto(IndexedPhoto photo, Split split, int position) {}
