package org.balsam.standard.gate;

import org.jspecify.annotations.Nullable;

/**
 * One quality check as a project declares it.
 *
 * @param name unique in its project, for example {@code nonfarm-balance}
 * @param gsbpm the GSBPM sub-process that it belongs to, for example {@code 5.3}
 * @param sims the code of the quality indicator, for example {@code A7}; null when there is none
 * @param dataset the dataset whose CSV file is checked, {@code layer/name}
 * @param severity how much it matters, before the decision table has its say
 * @param rule what is computed
 */
public record CheckDefinition(
    String name,
    String gsbpm,
    @Nullable String sims,
    String dataset,
    Severity severity,
    CheckRule rule) {}
