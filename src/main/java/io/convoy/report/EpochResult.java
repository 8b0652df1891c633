package io.convoy.report;

import io.convoy.averaging.Applied;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.ThresholdRow;
import java.util.Optional;

/**
 * One epoch of one architecture.
 *
 * @param architecture its name
 * @param epoch from 1
 * @param trainLoss mean loss over the training examples, each before its minibatch's update
 * @param validationLoss the same loss over the validation examples, after the epoch; null where
 *     there are none
 * @param validation the validation split's metrics
 * @param atBest the row of the threshold that is best there; empty where nothing can be measured
 * @param temperature that the probabilities of its model are scaled by; 1 for none
 * @param threshold of its model, for the scaled probability; of two classes the best of the
 *     validation split, 0..1
 * @param epochSeconds wall time of training, without validation
 * @param imagesPerSecond training images over that time
 * @param averagingRounds in the epoch
 * @param broadcastBytes to each executor in a round
 * @param averagedBytes from all workers in a round
 * @param averagingFrequency minibatches that a worker trained between two averagings
 * @param applied learning rates and weights of examples, as the workers reported them; nothing
 *     where that is not known, as of an epoch of an older convoy
 */
public record EpochResult(
    String architecture,
    int epoch,
    double trainLoss,
    Double validationLoss,
    SplitMetrics validation,
    Optional<ThresholdRow> atBest,
    double temperature,
    double threshold,
    double epochSeconds,
    double imagesPerSecond,
    int averagingRounds,
    long broadcastBytes,
    long averagedBytes,
    int averagingFrequency,
    Applied applied) {}
