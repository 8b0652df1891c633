package io.convoy.page;

import java.util.List;

/**
 * What the template shows of runs that can be compared.
 *
 * @param id of the group
 * @param heading the runs' names; none where all runs can be compared
 * @param verdict on their architectures
 * @param ranking of their architectures
 */
record GroupView(int id, List<String> heading, VerdictView verdict, RankingView ranking) {}
