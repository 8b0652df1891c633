/**
 * Optimizers' steps: from the gradient to new parameters in one pass over memory, on the parameters
 * and the state where DL4J has them. Plain loops over float arrays, which the Java compiler turns
 * into vector instructions; DL4J's own take several passes and compute number by number.
 */
package io.convoy.optimizer;
