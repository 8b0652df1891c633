package io.convoy.job;

import io.convoy.progress.Progress;
import io.convoy.spark.ExecutorPoll.Executor;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Where a training takes place, and who is told how far it is.
 *
 * @param executors that its workers may be on now, the best first; not asked in local mode
 * @param progress begins a progress, of a task with its name and so many images
 */
record Lane(Supplier<List<Executor>> executors, BiFunction<String, Long, Progress> progress) {}
