/** Object storage on a server that speaks the S3 protocol, whatever library calls it. */
@NullMarked
package org.balsam.platform.storage.remote;

import org.jspecify.annotations.NullMarked;
