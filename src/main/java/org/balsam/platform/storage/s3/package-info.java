/** Object storage on any other server that speaks S3, by the library of Amazon Web Services. */
@NullMarked
package org.balsam.platform.storage.s3;

import org.jspecify.annotations.NullMarked;
