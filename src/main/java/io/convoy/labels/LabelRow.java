package io.convoy.labels;

/**
 * What a row of a label file tells of a photo; what it does not tell is empty.
 *
 * @param path below the images folder, or a whole address
 * @param label the name of its class
 * @param split the word for the split that it comes with
 * @param group the name of the group that it belongs to
 */
public record LabelRow(String path, String label, String split, String group) {}
