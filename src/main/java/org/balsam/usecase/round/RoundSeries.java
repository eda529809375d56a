package org.balsam.usecase.round;

import java.time.Instant;
import java.util.List;
import org.balsam.kernel.RoundId;
import org.balsam.kernel.Sha256;
import org.balsam.standard.gate.SeriesTable;
import org.jspecify.annotations.Nullable;

/**
 * A series with its vintages.
 *
 * @param datasets those that have series
 * @param column of the figures
 * @param unit of the figures, for people
 * @param names of the series of the dataset, at most 500
 * @param vintages the round's own first, then the latest released first
 * @param leftOut rounds whose file is not there, is larger than 16 MiB or has other columns
 */
public record RoundSeries(
    String dataset,
    List<String> datasets,
    String column,
    String unit,
    String name,
    List<String> names,
    List<Vintage> vintages,
    List<RoundId> leftOut) {
  public RoundSeries {
    datasets = List.copyOf(datasets);
    names = List.copyOf(names);
    vintages = List.copyOf(vintages);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * The series as one round had it.
   *
   * @param releasedAt null when it is not released
   * @param sha256 of the file that it was read from
   * @param points in the order of time
   */
  public record Vintage(
      RoundId round,
      @Nullable Instant releasedAt,
      String file,
      Sha256 sha256,
      List<SeriesTable.Point> points) {
    public Vintage {
      points = List.copyOf(points);
    }
  }
}
