package org.balsam.usecase.model;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.balsam.kernel.JobId;
import org.balsam.kernel.TrainingId;
import org.balsam.platform.compute.JobRuntime;
import org.balsam.platform.storage.ObjectStore;
import org.balsam.standard.step.StepBook;
import org.balsam.standard.step.StepOutput;
import org.balsam.standard.step.StepState;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The measures of a training while it runs, and afterwards. */
@Component
public class TrainingMetrics {

  /** What a step writes its measures to: lines of {@code step,name,value} with a header. */
  static final String FILE = "metrics.csv";

  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_POINTS = 20_000;

  private final TrainingRows rows;
  private final StepBook book;
  private final JobRuntime runtime;
  private final ObjectStore store;

  TrainingMetrics(TrainingRows rows, StepBook book, JobRuntime runtime, ObjectStore store) {
    this.rows = rows;
    this.book = book;
    this.runtime = runtime;
    this.store = store;
  }

  /** One measure over the steps of the training algorithm. */
  public record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /** One value; {@code step} is what the algorithm counts, for example epochs. */
  public record Point(long step, BigDecimal value) {}

  /**
   * The series of the newest run of training.
   *
   * @param job of the step that writes them
   * @param live whether the step still runs
   */
  public record Metrics(JobId job, boolean live, List<Series> series) {
    public Metrics {
      series = List.copyOf(series);
    }
  }

  /**
   * The measures; empty before a step wrote any. Lines that are not finished or not numbers are
   * left out.
   *
   * @throws org.balsam.kernel.NotFound when there is no such training
   */
  @Transactional(readOnly = true)
  public Optional<Metrics> read(TrainingId id) {
    var training = rows.training(id);
    var run = rows.trainRun(training);
    var kept = book.outputs(run).stream().filter(output -> output.file().equals(FILE)).findFirst();
    return kept.isPresent() ? kept.map(this::kept) : live(run);
  }

  private Metrics kept(StepOutput output) {
    var text = new String(output.content().read(store, MAX_BYTES), StandardCharsets.UTF_8);
    return new Metrics(output.job(), false, series(text));
  }

  private Optional<Metrics> live(String run) {
    return book.steps(run).stream()
        .filter(step -> step.state() == StepState.RUNNING)
        .flatMap(
            step ->
                runtime
                    .writtenSoFar(step.job(), "out/" + FILE, MAX_BYTES)
                    .map(text -> new Metrics(step.job(), true, series(whole(text))))
                    .stream())
        .findFirst();
  }

  /** The last line may be half written. */
  private static String whole(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  static List<Series> series(String csv) {
    var series = new LinkedHashMap<String, List<Point>>();
    csv.lines()
        .skip(1)
        .limit(MAX_POINTS)
        .map(line -> line.split(",", -1))
        .filter(cells -> cells.length == 3)
        .forEach(
            cells ->
                point(cells)
                    .ifPresent(
                        point ->
                            series
                                .computeIfAbsent(cells[1], name -> new ArrayList<>())
                                .add(point)));
    return series.entrySet().stream()
        .map(entry -> new Series(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Optional<Point> point(String[] cells) {
    try {
      return Optional.of(new Point(Long.parseLong(cells[0]), new BigDecimal(cells[2])));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
