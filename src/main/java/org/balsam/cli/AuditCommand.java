package org.balsam.cli;

import picocli.CommandLine.Command;

/** {@code balsam audit}: what concerns the audit trail. */
@Command(
    name = "audit",
    description = "Exports the audit trail and verifies exports offline.",
    mixinStandardHelpOptions = true,
    subcommands = {AuditExportCommand.class, AuditVerifyCommand.class})
public final class AuditCommand {}
