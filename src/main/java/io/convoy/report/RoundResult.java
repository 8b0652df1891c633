package io.convoy.report;

import io.convoy.averaging.Round;

/**
 * An averaging round of one architecture.
 *
 * @param architecture its name
 * @param round what it did
 */
public record RoundResult(String architecture, Round round) {}
