package org.balsam.usecase.library;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A library as people see it.
 *
 * @param organisation whose it is; may be empty
 * @param repositoryUrl where Git fetches it from
 * @param repositoryFriendlyUrl where people browse it, when that is known
 * @param commit what its items are from; null before it was fetched for the first time
 * @param pinnedAt since when they are
 * @param askedAt when its server was last asked for a newer commit
 * @param failure why the server could not be asked, or its answer not used, last time; null when
 *     all is well
 * @param leftOut entries that cannot be used, each with why; the first 20
 * @param leftOutCount how many there are
 * @param files how many files it has
 * @param offersTo the project that keeps it and is offered items; null when none is
 */
public record LibraryView(
    String id,
    String name,
    String description,
    String organisation,
    URI repositoryUrl,
    @Nullable URI repositoryFriendlyUrl,
    @Nullable String commit,
    @Nullable Instant pinnedAt,
    @Nullable Instant askedAt,
    @Nullable String failure,
    List<String> leftOut,
    int leftOutCount,
    long files,
    @Nullable String offersTo) {}
