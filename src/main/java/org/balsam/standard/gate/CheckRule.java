package org.balsam.standard.gate;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a check computes, with its parameters; one record per type of check. */
public sealed interface CheckRule {

  /** The type's name in {@code balsam.yaml}, in results and in the decision table. */
  String type();

  /**
   * Every required cell is filled: indicator R1, cells delivered / cells required.
   *
   * @param columns the required columns; empty for all columns of the table
   * @param rows the required number of rows; empty when the table decides
   */
  record Completeness(List<String> columns, OptionalInt rows) implements CheckRule {
    public Completeness {
      columns = List.copyOf(columns);
    }

    @Override
    public String type() {
      return "completeness";
    }
  }

  /**
   * In every row |total − Σ parts| ≤ tolerance, tolerance = 0.5 × number of parts × unit when the
   * figures are rounded, otherwise 0.
   *
   * @param unit the unit to which the figures are rounded, above 0; 1 for whole numbers
   */
  record Balance(String total, List<String> parts, boolean rounded, BigDecimal unit)
      implements CheckRule {
    public Balance {
      parts = List.copyOf(parts);
    }

    @Override
    public String type() {
      return "balance";
    }

    /** The largest difference that rounding alone explains. */
    public BigDecimal tolerance() {
      return rounded
          ? new BigDecimal("0.5").multiply(BigDecimal.valueOf(parts.size())).multiply(unit)
          : BigDecimal.ZERO;
    }
  }

  /**
   * The change 100·(x<sub>t</sub>/x<sub>t−lag</sub> − 1) of the newest period t stays within a
   * bound, and is not unusual among the same series' earlier changes.
   *
   * @param lag how many periods back the comparison goes: 1 for the previous one
   * @param maxPercent the largest absolute change in percent; null when not judged
   * @param maxZ the largest absolute z-score against own history; null when not judged; at least
   *     one of the two is set
   * @param history how many earlier changes make up the history
   */
  record Change(
      SeriesColumns columns,
      int lag,
      @Nullable BigDecimal maxPercent,
      @Nullable BigDecimal maxZ,
      int history)
      implements CheckRule {
    @Override
    public String type() {
      return "change";
    }
  }

  /**
   * The newest period's change on the previous one, x, is not an outlier of the same series'
   * earlier changes: |x − median| / (1.4826·MAD) ≤ k.
   */
  record Outlier(SeriesColumns columns, BigDecimal k) implements CheckRule {
    @Override
    public String type() {
      return "outlier";
    }
  }

  /**
   * Every row's count is at least a minimum (disclosure control: too few contributors reveal one).
   */
  record MinimumCount(String count, BigDecimal minimum) implements CheckRule {
    @Override
    public String type() {
      return "minimum-count";
    }
  }

  /**
   * Where a table in long form keeps its time series.
   *
   * @param series the column whose values name the series; null when the table is one series
   * @param value the column of the figures
   * @param time the column of the reference periods, {@code 2009-Q1} or {@code 2009-01-01}
   * @param only the series to judge; empty for all
   */
  record SeriesColumns(@Nullable String series, String value, String time, List<String> only) {
    public SeriesColumns {
      only = List.copyOf(only);
    }
  }
}
