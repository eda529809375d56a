package org.balsam.usecase.round;

import java.util.List;
import java.util.stream.Collectors;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Texts;
import org.balsam.standard.step.StepOutput;

/** The text in which a person reads what a run wrote and where to fetch it. */
final class OutputFiles {

  private static final int LONGEST = 4000;

  private OutputFiles() {}

  /**
   * One line per file: its address on this server, and how many rows it has where that is known.
   */
  static String of(RoundId round, List<StepOutput> written) {
    return Texts.atMost(
        LONGEST,
        written.stream().map(output -> line(round, output)).collect(Collectors.joining("\n")));
  }

  private static String line(RoundId round, StepOutput output) {
    return "/api/v1/projects/%s/rounds/%s/outputs/%s/%s%s"
        .formatted(
            round.project(),
            round,
            output.dataset(),
            output.file(),
            output.rows() >= 0 ? " (" + Texts.count(output.rows(), "row") + ")" : "");
  }
}
