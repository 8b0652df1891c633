package io.convoy.compare;

import io.convoy.evaluate.Predictions;
import io.convoy.report.SplitResult;

/** A network on the split on which it is compared with others. */
record Compared(SplitResult figures, Predictions predictions) {}
