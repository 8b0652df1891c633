package io.convoy.train;

/**
 * What parameter averaging sends in an epoch.
 *
 * @param rounds of averaging
 * @param broadcastBytes to each executor in a round: parameters and optimizer's state
 * @param averagedBytes from all workers together in a round
 */
public record Traffic(int rounds, long broadcastBytes, long averagedBytes) {}
