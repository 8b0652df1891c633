package io.convoy.plan;

/**
 * The training steps of an epoch.
 *
 * @param workload how many they are
 * @param time that each takes
 */
public record EpochSteps(Workload workload, StepTime time) {}
