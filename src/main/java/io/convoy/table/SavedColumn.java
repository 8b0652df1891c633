package io.convoy.table;

/**
 * A column of a saved table, by which the cells of its rows are read.
 *
 * @param name in the files, in {@code snake_case}
 * @param index from 0, among the columns that are read
 * @param type of the cells: {@link String}, {@link Integer}, {@link Long}, {@link Double} or {@link
 *     java.util.Map}
 */
public record SavedColumn<V>(String name, int index, Class<V> type) {}
