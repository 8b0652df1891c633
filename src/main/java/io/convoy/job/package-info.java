/**
 * The commands, each from its inputs to its outputs, by the class that ends in {@code Job}. A run's
 * folder is laid out by {@link io.convoy.job.RunFiles}, written under a lock by {@link
 * io.convoy.job.RunFolder} and read by {@link io.convoy.job.SavedRun}. Training is a {@link
 * io.convoy.job.TrainingPlan}, a {@link io.convoy.job.TrainingRun} of it, and an {@link
 * io.convoy.job.ArchitectureTraining} each with a start, a loop and an end, whose results {@link
 * io.convoy.job.RunResults} writes.
 */
package io.convoy.job;
