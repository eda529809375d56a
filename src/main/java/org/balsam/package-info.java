/** The application's main class; each package below is a module or a layer of modules. */
@NullMarked
package org.balsam;

import org.jspecify.annotations.NullMarked;
