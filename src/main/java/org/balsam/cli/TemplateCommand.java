package org.balsam.cli;

import picocli.CommandLine.Command;

/** {@code balsam template}: what concerns templates of workspaces. */
@Command(
    name = "template",
    description = "Checks templates of workspaces and fills them in.",
    mixinStandardHelpOptions = true,
    subcommands = {TemplateCheckCommand.class, TemplateRenderCommand.class})
public final class TemplateCommand {}
