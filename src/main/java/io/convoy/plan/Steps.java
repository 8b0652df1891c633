package io.convoy.plan;

/**
 * The training steps of an epoch.
 *
 * @param workload how many they are
 * @param time that each takes
 */
public record Steps(Workload workload, StepTime time) {}
