package org.balsam.usecase.library;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a project offered to a library.
 *
 * @param keeper the project that keeps the library
 * @param branch of the keeper's repository, with the offered files
 * @param commit the tip of that branch
 * @param project who offered
 * @param origin the commit of the offering project
 * @param path what it offered
 * @param target where it is to be in the library
 * @param page where the keepers answer; null where the forge has no such thing
 * @param offeredBy the person
 */
public record OfferView(
    String library,
    String keeper,
    String branch,
    String commit,
    String project,
    String origin,
    String path,
    String target,
    String title,
    @Nullable URI page,
    String offeredBy,
    Instant offeredAt) {}
