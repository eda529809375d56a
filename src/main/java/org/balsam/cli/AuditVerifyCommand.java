package org.balsam.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.balsam.audit.verify.AuditVerifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code balsam audit verify}: verifies an export without a server, a database or a network. */
@Command(
    name = "verify",
    description = {
      "Verifies an export of the audit trail offline: that nothing was changed, removed, inserted or"
          + " moved, and that every release had its approvals by distinct people.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything fits.",
      "1:Something does not fit; the first event that does not is named first.",
      "2:The file is not a readable bundle, or an option cannot be used."
    })
public final class AuditVerifyCommand implements Callable<Integer> {

  @Parameters(paramLabel = "BUNDLE", description = "the zip that 'audit export' wrote")
  private Path bundle = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description = "the log's public key, name+hash+base64, from a place that you trust")
  private @Nullable String key;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "a checkpoint that you kept; shows roll-back and a second history")
  private @Nullable Path checkpoint;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "who must have approved what; the one that ships with Balsam unless given")
  private @Nullable Path policy;

  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    try {
      var report = AuditVerifier.verify(bundle, new AuditVerifier.Options(policy, checkpoint, key));
      out.print(json ? report.json() : report.text());
      out.flush();
      return report.exitCode();
    } catch (IllegalArgumentException wrong) {
      spec.commandLine().getErr().println(wrong.getMessage());
      return 2;
    }
  }
}
