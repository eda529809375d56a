package org.balsam.usecase.round;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.balsam.standard.gate.CheckRule;
import org.balsam.standard.gate.CheckRule.SeriesColumns;
import org.balsam.standard.template.DatasetRef;
import org.balsam.standard.template.ProjectFile;

/** Where the released tables of a project keep their time series, as its checks declare it. */
final class DeclaredSeries {

  private DeclaredSeries() {}

  /** Released datasets with the columns of their series, in the order of the release list. */
  static Map<String, SeriesColumns> of(ProjectFile file) {
    var columns =
        file.checks().stream()
            .flatMap(check -> columns(check.rule()).map(found -> Map.entry(check.dataset(), found)))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, DeclaredSeries::withNames));
    var declared = new LinkedHashMap<String, SeriesColumns>();
    file.release().stream()
        .map(DatasetRef::value)
        .filter(columns::containsKey)
        .forEach(dataset -> declared.put(dataset, columns.get(dataset)));
    return declared;
  }

  private static Stream<SeriesColumns> columns(CheckRule rule) {
    if (rule instanceof CheckRule.Change change) {
      return Stream.of(change.columns());
    }
    return rule instanceof CheckRule.Outlier outlier ? Stream.of(outlier.columns()) : Stream.of();
  }

  /** A check of few series says which one matters most. */
  private static SeriesColumns withNames(SeriesColumns one, SeriesColumns other) {
    return one.only().isEmpty() && !other.only().isEmpty() ? other : one;
  }
}
