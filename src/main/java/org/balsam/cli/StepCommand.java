package org.balsam.cli;

import picocli.CommandLine.Command;

/** {@code balsam step}: what concerns single steps. */
@Command(
    name = "step",
    description = "Runs single steps of a round.",
    mixinStandardHelpOptions = true,
    subcommands = {StepRunCommand.class, StepPhaseCommand.class, StepWorkspaceCommand.class})
public final class StepCommand {}
