/** Object storage on a MinIO server, by MinIO's own library. */
@NullMarked
package org.balsam.platform.storage.minio;

import org.jspecify.annotations.NullMarked;
