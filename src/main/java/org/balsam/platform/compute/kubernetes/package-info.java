/** Steps as jobs and workspaces as deployments of a Kubernetes cluster. */
@NullMarked
package org.balsam.platform.compute.kubernetes;

import org.jspecify.annotations.NullMarked;
