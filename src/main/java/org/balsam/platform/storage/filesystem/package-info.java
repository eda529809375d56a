/** Object storage in a folder. */
@NullMarked
package org.balsam.platform.storage.filesystem;

import org.jspecify.annotations.NullMarked;
