package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionsTest {

  private static final List<String> CLASSES = List.of("no", "yes");
  private static final String HEADER = "row,truth,p_no,p_yes\n";

  @Test
  void readsRowsInTheirOrderAndPredictsTheMostProbableClass() {
    var predictions = read(HEADER + "r1,no,0.9,0.1\n\"r,2\",yes,0.2,8e-1\nr3,yes,0.5,0.5\n");
    assertThat(predictions.rows()).containsExactly("r1", "r,2", "r3");
    assertThat(predictions.confidence(1)).isEqualTo(0.8);
    assertThat(predictions.asFeature(null).category(0)).isEqualTo("no");
    assertThat(predictions.asFeature("yes").number(1)).isEqualTo(0.8);
    assertThat(predictions.predicted(2)).as("a tie goes to the first class").isZero();
  }

  @Test
  void takesAByteOrderMarkAndWindowsLineEnds() {
    assertThat(read("\uFEFF" + HEADER.replace("\n", "\r\n") + "r1,no,1,0\r\n").size()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r1,no,0.9           | row 1        | has 3 cells, the header has 4",
        "r1,maybe,0.9,0.1    | row 1, column truth | 'maybe' is not a class; allowed: no, yes",
        "r1,no,1.2,0.1       | row 1, column p_no  | '1.2' is not a probability",
        "r1,no,-0.1,1.1      | row 1, column p_no  | '-0.1' is not a probability",
        "r1,no,NaN,0.1       | row 1, column p_no  | 'NaN' is not a probability",
        "r1,no,0x1p-2,0.1    | row 1, column p_no  | '0x1p-2' is not a probability",
        "r1,no,0.5,0.4       | row 1        | the probabilities add up to 0.9; needed: 1",
        ",no,0.9,0.1         | row 1, column row   | is empty",
      })
  void refusesARowByRowAndColumn(String row, String where, String message) {
    assertThatThrownBy(() -> read(HEADER + row + "\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("predictions.csv, " + where)
        .hasMessageContaining(message);
  }

  @Test
  void refusesARowThatOccursTwice() {
    assertThatThrownBy(() -> read(HEADER + "r1,no,1,0\nr1,no,1,0\n"))
        .hasMessageContaining("row 2, column row: 'r1' occurs twice");
  }

  @Test
  void refusesAnotherHeaderAndSaysTheNeededOne() {
    assertThatThrownBy(() -> read("row,truth,p_yes,p_no\nr1,no,1,0\n"))
        .hasMessage(
            "predictions.csv, header: is 'row,truth,p_yes,p_no'; needed: 'row,truth,p_no,p_yes'");
  }

  @ParameterizedTest
  @CsvSource({"'',header: is missing", "'row,truth,p_no,p_yes',has no rows"})
  void refusesAnEmptyFile(String text, String message) {
    assertThatThrownBy(() -> read(text)).hasMessageContaining(message);
  }

  @Test
  void showsTheFirstTwentyFaultsWithoutControlCharacters() {
    var rows = new StringBuilder(HEADER);
    for (var row = 0; row < 100; row++) {
      rows.append("r").append(row).append(",\u001b[31mevil,1,0\n");
    }
    assertThatThrownBy(() -> read(rows.toString()))
        .isInstanceOfSatisfying(
            Invalid.class,
            refusal -> {
              assertThat(refusal.problems()).hasSize(20);
              assertThat(refusal.getMessage()).doesNotContain("\u001b");
            });
  }

  @Test
  void refusesWhatIsNotText() {
    var bytes =
        new ByteArrayInputStream(
            (HEADER + "r\u00e9,no,1,0\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Predictions.read(bytes, CLASSES)).hasMessageContaining("is not UTF-8");
    assertThatThrownBy(() -> read(HEADER + "\"r1,no,1,0\n"))
        .hasMessageContaining("is not a CSV file");
  }

  @Test
  void refusesAnEndlessFile() {
    var endless =
        new InputStream() {
          private long position;

          @Override
          public int read() {
            return position++ == 0 ? '"' : 'a';
          }
        };
    assertThatThrownBy(
            () -> {
              try (var stream = new BoundedStream(endless, "predictions.csv", 100_000)) {
                stream.readAllBytes();
              }
            })
        .isInstanceOfSatisfying(
            Invalid.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  @Test
  void aBrokenStreamIsTheStoragesTrouble() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    assertThatThrownBy(() -> Predictions.read(broken, CLASSES)).isInstanceOf(ExternalFailure.class);
  }

  @Test
  void refusesClassesThatAreNone() {
    assertThatThrownBy(() -> Predictions.read(InputStream.nullInputStream(), List.of("a", "a")))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void comparesOnlyTheSameCases() {
    var one = read(HEADER + "r1,no,1,0\nr2,yes,0,1\n");
    var other = read(HEADER + "r2,yes,0,1\nr1,no,1,0\n");
    assertThatThrownBy(() -> Comparison.of(one, other, "yes", 1))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("not of the same rows in the same order");
  }

  @Test
  void refusesAnUnknownPositiveClassAndOneOfThree() {
    var binary = read(HEADER + "r1,no,1,0\n");
    assertThatThrownBy(() -> ClassificationMetrics.of(binary, "maybe"))
        .hasMessageContaining("'maybe' is not one of the classes no, yes");
    assertThatThrownBy(() -> ClassificationMetrics.of(ReferenceFigures.multi(), "a"))
        .hasMessageContaining("there are 4 classes");
  }

  static Predictions read(String text) {
    return Predictions.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), CLASSES);
  }
}
