package org.balsam.standard.workspace;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Why a template should not be used for new workspaces.
 *
 * @param reason for people, one line
 * @param successor the id of the template to use instead; null for none
 * @param until the last day on which it may be used, UTC; null for no end
 */
public record Deprecation(String reason, @Nullable String successor, @Nullable LocalDate until) {}
