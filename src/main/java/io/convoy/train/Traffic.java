package io.convoy.train;

/**
 * What parameter averaging sends in an epoch.
 *
 * @param workers that are averaged; one alone has nothing to average with
 * @param frequency minibatches that a worker trains between two averagings
 * @param rounds of averaging
 * @param broadcastBytes to each executor in a round, but the last before a checkpoint, which also
 *     averages the optimizer's state
 * @param averagedBytes from all workers together in such a round
 */
public record Traffic(
    int workers, int frequency, int rounds, long broadcastBytes, long averagedBytes) {}
