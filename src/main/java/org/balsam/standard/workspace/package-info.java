/**
 * Templates of workspaces as the BALSAM hub of Statistics Sweden has them: reading, filling in,
 * rules, the test of a template.
 */
@NullMarked
@ApplicationModule(
    displayName = "Workspace template",
    allowedDependencies = {"kernel", "standard.gate", "standard.yaml"})
package org.balsam.standard.workspace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
