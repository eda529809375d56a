package org.balsam.platform.library;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Git repository of somebody else.
 *
 * @param user the account of the token
 * @param tokenFile a file whose first line is the token or password, read at every call; null where
 *     none is needed
 */
public record Remote(URI url, String user, @Nullable Path tokenFile) {}
