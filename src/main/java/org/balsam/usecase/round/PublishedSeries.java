package org.balsam.usecase.round;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.RoundId;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.gate.CheckRule.SeriesColumns;
import org.balsam.standard.gate.SeriesTable;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.template.ProjectFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * Reads a time series that a round releases, as that round and those released before it had it.
 * Where a table keeps its series is what the checks of change and of outliers declare. Whoever
 * calls has checked that the reader is a member of the project.
 */
@Component
public class PublishedSeries {

  private static final int MOST_VINTAGES = 12;
  private static final int MOST_PERIODS = 400;
  private static final long LARGEST_FILE = 16 << 20;

  private final RoundRepository rounds;
  private final RoundRows rows;
  private final StepBook book;
  private final ProjectFiles files;
  private final ObjectStore store;
  private final Clock clock;

  PublishedSeries(
      RoundRepository rounds,
      RoundRows rows,
      StepBook book,
      ProjectFiles files,
      ObjectStore store,
      Clock clock) {
    this.rounds = rounds;
    this.rows = rows;
    this.book = book;
    this.files = files;
    this.store = store;
    this.clock = clock;
  }

  /**
   * What to read.
   *
   * @param dataset {@code out/employment}; null for the first one that has series
   * @param name the series; null for the first one that the checks judge
   * @param vintages 1 to 12, the round's own among them
   * @param periods 1 to 400, the newest ones
   */
  public record Query(
      RoundId round, @Nullable String dataset, @Nullable String name, int vintages, int periods) {
    public Query {
      require("vintages", vintages, MOST_VINTAGES);
      require("periods", periods, MOST_PERIODS);
    }

    private static void require(String name, int value, int most) {
      if (value < 1 || value > most) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT, name, value + " is not in the range 1 to " + most);
      }
    }
  }

  /**
   * The series.
   *
   * @throws NotFound when the round declares no series, has not written them yet, or has none of
   *     this name
   * @throws Invalid when the round's own file is malformed
   */
  public RoundSeries read(Query query) {
    var round = rows.round(query.round);
    var file = files.at(query.round.project(), rows.newestRun(round).commitId);
    var declared = DeclaredSeries.of(file);
    var dataset = query.dataset == null ? first(declared, query.round) : query.dataset;
    var columns = declared.get(dataset);
    if (columns == null) {
      throw new NotFound("round " + query.round + " declares no series of '" + dataset + "'");
    }
    var output = output(round, dataset).orElseThrow(() -> unwritten(query.round, dataset));
    var own = table(output, columns, query.name).newest(query.periods);
    if (own.points().isEmpty()) {
      throw new NotFound("there is no series '" + own.name() + "' in " + dataset);
    }
    var vintages = new ArrayList<>(List.of(vintage(round, output, own)));
    var leftOut = new ArrayList<RoundId>();
    for (var earlier : earlier(round, query.vintages - 1)) {
      vintage(earlier, dataset, columns, own.name(), query.periods)
          .ifPresentOrElse(vintages::add, () -> leftOut.add(earlier.roundId()));
    }
    return new RoundSeries(
        dataset,
        List.copyOf(declared.keySet()),
        columns.value(),
        file.product().unit(),
        own.name(),
        own.names(),
        vintages,
        leftOut);
  }

  private List<RoundEntity> earlier(RoundEntity round, int count) {
    var before = round.releasedAt == null ? clock.instant() : round.releasedAt;
    return count == 0 ? List.of() : rounds.releasedBefore(round.project, before, Limit.of(count));
  }

  private static String first(Map<String, SeriesColumns> declared, RoundId round) {
    return declared.keySet().stream()
        .findFirst()
        .orElseThrow(
            () ->
                new NotFound(
                    "no check of change or outliers says where round %s keeps its series"
                        .formatted(round)));
  }

  private Optional<StepOutput> output(RoundEntity round, String dataset) {
    return book.outputs(RunEntity.id(round.roundId(), round.run)).stream()
        .filter(output -> output.dataset().equals(dataset) && output.file().endsWith(".csv"))
        .filter(output -> output.size() <= LARGEST_FILE)
        .findFirst();
  }

  private SeriesTable table(StepOutput output, SeriesColumns columns, @Nullable String name) {
    return SeriesTable.read(
        output.dataset(),
        columns,
        name,
        dataset -> new InputStreamReader(output.content().open(store), StandardCharsets.UTF_8));
  }

  private Optional<RoundSeries.Vintage> vintage(
      RoundEntity round, String dataset, SeriesColumns columns, String name, int periods) {
    try {
      return output(round, dataset)
          .map(output -> vintage(round, output, table(output, columns, name).newest(periods)))
          .filter(vintage -> !vintage.points().isEmpty());
    } catch (Invalid otherColumns) {
      return Optional.empty();
    }
  }

  private static RoundSeries.Vintage vintage(
      RoundEntity round, StepOutput output, SeriesTable table) {
    return new RoundSeries.Vintage(
        round.roundId(), round.releasedAt, output.file(), output.sha256(), table.points());
  }

  private static NotFound unwritten(RoundId round, String dataset) {
    return new NotFound(
        "the newest run of round %s wrote no CSV file of at most 16 MiB to %s"
            .formatted(round, dataset));
  }
}
