package io.convoy.averaging;

/**
 * What a round sends.
 *
 * @param toExecutor what an executor is given to begin the next with: the means of the other
 *     workers' slices, where workers stay, else all that is averaged
 * @param fromWorkers what all workers together send for the means
 */
public record RoundBytes(long toExecutor, long fromWorkers) {}
