package org.balsam.platform.compute.classifier;

import java.util.List;
import java.util.Map;

/**
 * The rows of one set, column by column, in the order of the files.
 *
 * @param rows what identifies each row
 * @param truths the true classes; empty where none is known
 * @param categories the values of each column of kind category
 * @param numbers the values of each column of kind number, NaN where missing
 */
record DataSet(
    List<String> rows,
    List<String> truths,
    Map<String, List<String>> categories,
    Map<String, double[]> numbers) {

  int size() {
    return rows.size();
  }
}
