package io.convoy.report;

/**
 * What is read of an epoch of an architecture again. A figure that is not defined is null.
 *
 * @param epoch from 1
 * @param trainLoss mean over the training split
 * @param validationLoss mean over the validation split
 * @param validationAccuracy at the threshold 0.5, 0 to 1
 * @param seconds of training
 */
public record EpochSummary(
    String architecture,
    int epoch,
    Double trainLoss,
    Double validationLoss,
    Double validationAccuracy,
    Double seconds) {}
