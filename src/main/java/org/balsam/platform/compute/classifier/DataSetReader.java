package org.balsam.platform.compute.classifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;

/** Reads the CSV files of a set (RFC 4180, UTF-8, with header). Errors name file, line, column. */
final class DataSetReader {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private final Path work;
  private final String target;
  private final String row;
  private final List<String> classes;
  private final Map<String, FeatureKind> features;
  private final boolean truthIsKnown;
  private final List<String> rows = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> truths = new ArrayList<>();
  private final Map<String, List<String>> categories = new LinkedHashMap<>();
  private final Map<String, DoubleStream.Builder> numbers = new LinkedHashMap<>();
  private final Map<String, String> texts = new HashMap<>();

  /**
   * A reader of one set.
   *
   * @param work what file names in errors are relative to
   * @param truthIsKnown whether each row must have a class
   */
  DataSetReader(
      Path work,
      StepEnvironment environment,
      Map<String, FeatureKind> features,
      boolean truthIsKnown) {
    this.work = work;
    this.target = environment.target();
    this.row = environment.row();
    this.classes = environment.classes();
    this.features = features;
    this.truthIsKnown = truthIsKnown;
    features.forEach(
        (column, kind) -> {
          switch (kind) {
            case CATEGORY -> categories.put(column, new ArrayList<>());
            case NUMBER -> numbers.put(column, DoubleStream.builder());
          }
        });
  }

  /**
   * Reads all {@code *.csv} files of a folder, in the order of their names.
   *
   * @throws Invalid when there is no row, a column is missing or a value is not allowed
   */
  DataSet read(Path folder) throws IOException {
    for (var file : csvFiles(folder)) {
      readFile(file);
    }
    if (rows.isEmpty()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          name(folder),
          "holds no row; look at the step that writes this set and at the period it selects");
    }
    var values = new LinkedHashMap<String, double[]>();
    numbers.forEach((column, builder) -> values.put(column, builder.build().toArray()));
    return new DataSet(rows, truths, categories, values);
  }

  private List<Path> csvFiles(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        var found = files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    throw new Invalid(
        ErrorCode.INVALID_INPUT, name(folder), "has no file *.csv; declare the set as an input");
  }

  private void readFile(Path file) throws IOException {
    try (var parser = FORMAT.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
      requireColumns(file, parser);
      for (var line : parser) {
        read(file, parser, line);
      }
    } catch (CharacterCodingException notUtf8) {
      throw new Invalid(ErrorCode.INVALID_INPUT, name(file), "is not a text in UTF-8");
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, name(file), "is not a CSV file: " + malformed.getMessage());
    }
  }

  private void requireColumns(Path file, CSVParser parser) {
    var needed = new ArrayList<>(features.keySet());
    needed.add(target);
    needed.add(row);
    for (var column : needed) {
      if (!parser.getHeaderNames().contains(column)) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            name(file) + ":1",
            "the column '" + column + "' is missing; there are " + parser.getHeaderNames());
      }
    }
  }

  private void read(Path file, CSVParser parser, CSVRecord line) {
    var where = name(file) + ":" + parser.getCurrentLineNumber();
    if (!line.isConsistent()) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          where,
          "has " + line.size() + " fields, the header has " + parser.getHeaderNames().size());
    }
    rows.add(row(where, line));
    truths.add(truth(where, line));
    categories.forEach((column, values) -> values.add(shared(line.get(column))));
    numbers.forEach((column, values) -> values.add(number(where, column, line.get(column))));
  }

  private String row(String where, CSVRecord line) {
    var value = line.get(row);
    if (value.isEmpty() || !seen.add(value)) {
      throw problem(
          where, row, value.isEmpty() ? "is empty" : "holds '" + value + "' a second time");
    }
    return value;
  }

  private String truth(String where, CSVRecord line) {
    var truth = line.get(target);
    if (!classes.contains(truth) && (truthIsKnown || !truth.isEmpty())) {
      throw problem(
          where, target, "holds '" + truth + "', which is not a class; allowed are " + classes);
    }
    return shared(truth);
  }

  private static double number(String where, String column, String text) {
    if (text.isEmpty()) {
      return Double.NaN;
    }
    var value = Numbers.parse(text).map(Number::floatValue).orElse(Float.NaN);
    if (!Float.isFinite(value)) {
      throw problem(
          where, column, "holds '" + text + "', which is not a number; leave it empty if unknown");
    }
    return value;
  }

  private static Invalid problem(String where, String column, String message) {
    return new Invalid(ErrorCode.INVALID_INPUT, where, "the column '" + column + "' " + message);
  }

  private String shared(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  private String name(Path path) {
    return work.relativize(path).toString();
  }
}
