package org.balsam.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.balsam.kernel.Period;
import org.balsam.standard.promotion.Drift;
import org.balsam.standard.promotion.Feature;
import org.balsam.standard.promotion.FeatureKind;
import org.balsam.standard.promotion.FrozenBins;

/**
 * A monitor outside Balsam: holds who operated the aircraft of a year's reports against the reports
 * before the first year, by the population stability index with frozen bins.
 */
final class OperatorDrift {

  private static final String COLUMN = "Aircraft Airline Operator";

  private final SortedMap<Period, byte[]> deliveries;
  private final Feature before;
  private final FrozenBins bins;

  /** Freezes the bins of the deliveries before {@code first}. */
  OperatorDrift(SortedMap<Period, byte[]> deliveries, Period first) {
    this.deliveries = deliveries;
    this.before = operators(deliveries.headMap(first).values());
    this.bins = FrozenBins.of(before);
  }

  /** The population stability index of a year; 0 is no drift. */
  double psi(Period year) {
    var months = deliveries.subMap(year, year.next()).values();
    return Drift.of(bins, before, operators(months)).psi();
  }

  private static Feature operators(Iterable<byte[]> months) {
    var cells = new ArrayList<String>();
    for (var month : months) {
      cells.addAll(column(new String(month, StandardCharsets.UTF_8)));
    }
    return Feature.of("operator", FeatureKind.CATEGORY, cells);
  }

  private static List<String> column(String csv) {
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (var rows = CSVParser.parse(csv, format)) {
      return rows.stream().map(row -> row.get(COLUMN)).toList();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
