/** Sign-in over HTTP and who may call which route. */
@NullMarked
package org.balsam.platform.identity.web;

import org.jspecify.annotations.NullMarked;
