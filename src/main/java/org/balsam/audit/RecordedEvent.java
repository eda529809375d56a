package org.balsam.audit;

import org.jspecify.annotations.Nullable;

/**
 * An event as the trail holds it now.
 *
 * @param index its place in the tree; null until it is sealed
 * @param reason the free text that belongs to it; null where there is none or it was erased
 */
public record RecordedEvent(AuditEvent event, @Nullable Long index, @Nullable String reason) {}
