package org.balsam.platform.compute.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainClassifierTest {

  @TempDir Path temporary;
  private Sets sets;

  @BeforeEach
  void open() throws IOException {
    sets = sets("a");
  }

  private Sets sets(String name) throws IOException {
    return new Sets(temporary.resolve(name))
        .file("in/std_train/train.csv", Sets.rows(0, Sets.ROWS))
        .file("in/std_validation/validation.csv", Sets.rows(1000, 1100));
  }

  private static Sha256 hash(Sets sets, String file) throws IOException {
    return Sha256.ofDigest(
        Sha256.digest().digest(Files.readAllBytes(sets.work.resolve("out").resolve(file))));
  }

  @Test
  void learnsWhatTheRowsTell() throws Exception {
    sets.environment("BALSAM_PARAM_EPOCHS", "50").train();

    var lines = sets.score(Sets.rows(2000, 2100));

    assertThat(lines).hasSize(101).first().isEqualTo("row,truth,p_no,p_yes");
    var right =
        lines.stream()
            .skip(1)
            .map(line -> line.split(","))
            .filter(p -> Double.parseDouble(p["yes".equals(p[1]) ? 3 : 2]) > 0.5)
            .count();
    assertThat(right).isGreaterThanOrEqualTo(90);
  }

  @Test
  void writesAMeasureOfEachSetAfterEachEpoch() throws Exception {
    sets.environment("BALSAM_PARAM_EPOCHS", "3").train();

    var lines = Files.readAllLines(sets.work.resolve("out/metrics.csv"));
    assertThat(lines).hasSize(1 + 3 * 4).first().isEqualTo("step,name,value");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("3,"))
        .extracting(line -> line.substring(2, line.lastIndexOf(',')))
        .containsExactly("train-loss", "train-brier", "validation-loss", "validation-brier");
    assertThat(value(lines, "3,train-loss,")).isLessThan(value(lines, "1,train-loss,"));
  }

  @Test
  void keepsWhatTheModelWasMadeFromAndWith() throws Exception {
    sets.train();

    assertThat(Files.readString(sets.work.resolve("out/training.json")))
        .contains("\"shape\" : \"category\"", "\"tribuo\" : \"4.3.2\"", "\"seed\" : 42")
        .contains("\"yes\" : 100", "\"no\" : 300", "\"learning-rate\" : 0.1");
  }

  private static double value(java.util.List<String> lines, String start) {
    var line = lines.stream().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(start.length()));
  }

  @Test
  void theSameInputsGiveTheSameBytesAndAnotherSeedGivesOthers() throws Exception {
    var again = sets("b");
    var other = sets("c").environment("BALSAM_SEED", "43");
    sets.train();
    again.train();
    other.train();

    for (var file : new String[] {"model.onnx", "metrics.csv", "training.json"}) {
      assertThat(hash(again, file)).as(file).isEqualTo(hash(sets, file));
      assertThat(hash(other, file)).as(file).isNotEqualTo(hash(sets, file));
    }
  }

  @Test
  void noTimeMachineOrPersonIsInTheFiles() throws Exception {
    sets.train();

    for (var file : new String[] {"model.onnx", "training.json"}) {
      var bytes = Files.readAllBytes(sets.work.resolve("out").resolve(file));
      assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
          .doesNotContain(
              InetAddress.getLocalHost().getHostName(),
              Year.now(java.time.ZoneOffset.UTC).toString(),
              System.getProperty("user.name") + "/",
              temporary.toString());
    }
  }

  @Test
  void learnsMoreThanTwoClassesWithoutValidation() throws Exception {
    var rows = new StringBuilder("id,shape,size,class\n");
    for (int i = 0; i < 300; i++) {
      rows.append(i + "," + "abc".charAt(i % 3) + "," + i + "," + "xyz".charAt(i % 3) + "\n");
    }
    sets =
        new Sets(temporary.resolve("m"))
            .file("in/learn/all.csv", rows.toString())
            .environment("BALSAM_CLASSES", "z,x,y");
    sets.train("learn");

    assertThat(sets.score("id,shape,size,class\n1,a,1,x\n2,b,2,y\n3,c,3,\n").subList(1, 4))
        .satisfiesExactly(
            line -> assertThat(chance(line, 3)).isGreaterThan(0.8),
            line -> assertThat(chance(line, 4)).isGreaterThan(0.8),
            line -> assertThat(chance(line, 2)).isGreaterThan(0.8));
  }

  private static double chance(String line, int field) {
    return Double.parseDouble(line.split(",")[field]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "BALSAM_TARGET     | -      | BALSAM_TARGET: is missing; it must be the name of the column",
        "BALSAM_CLASSES    | no     | BALSAM_CLASSES: must name two or more classes",
        "BALSAM_CLASSES    | no,no  | names a class twice",
        "BALSAM_CLASSES    | no,yes,maybe | in/std_train: the column 'class' never holds 'maybe'",
        "BALSAM_CLASSES    | no,none | in/std_train/train.csv:2: the column 'class' holds 'yes'",
        "BALSAM_SEED       | 1.5    | BALSAM_SEED: must be a whole number, but is '1.5'",
        "BALSAM_FEATURES   | shape  | 'shape' is not a feature; allowed is 'column:kind'",
        "BALSAM_FEATURES   | shape:text | kind one of [category, number]",
        "BALSAM_FEATURES   | a:number,a:number | names the column 'a' twice",
        "BALSAM_FEATURES   | class:category | a model cannot learn from it",
        "BALSAM_FEATURES   | probabilities:number | rename it",
        "BALSAM_FEATURES   | colour:category | train.csv:1: the column 'colour' is missing; there are",
        "BALSAM_FEATURES   | shape:number | in/std_train/train.csv:3: the column 'shape' holds 'flat'",
        "BALSAM_FEATURES   | id:number | a model cannot learn from it",
        "BALSAM_PARAM_EPOCHS | 0    | 'epochs' must be a whole number from 1 to 1000, but is '0'",
        "BALSAM_PARAM_EPOCHS | 1.5  | 'epochs' must be a whole number",
        "BALSAM_PARAM_LEARNING_RATE | NaN | 'learning-rate' must be a number from 0.0001 to 10",
        "BALSAM_PARAM_BATCH_SIZE | 1e9 | 'batch-size' must be",
        "BALSAM_PARAM_EPOCH | 5     | 'epoch' is not a parameter of train-classifier; allowed are",
      })
  void saysWhatIsWrongWithTheStep(String name, String value, String message) {
    if (value == null) {
      sets.environment.remove(name);
    } else {
      sets.environment(name, value);
    }

    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | in/std_train/train.csv:1: the column 'shape' is missing",
        "id,shape,size,class           | in/std_train: holds no row",
        "id,shape,size,class/,a,1,no   | train.csv:2: the column 'id' is empty",
        "id,shape,size,class/1,a,1     | in/std_train/train.csv:2: has 3 fields, the header has 4",
        "id,shape,size,class/1,a,x,no  | train.csv:2: the column 'size' holds 'x'",
        "id,shape,size,class/1,a,1e99,no | train.csv:2: the column 'size' holds '1e99'",
        "id,shape,size,class/1,a,1,no/1,a,1,no | train.csv:3: the column 'id' holds '1' a second time",
        "id,shape,size,class/1,a,1,no/2,b,2,no | never holds 'yes'; a model can only learn",
        "id,id,size,class/1,a,1,no     | in/std_train/train.csv: is not a CSV file",
        "id,shape,size,class/1,\"a,1,no | in/std_train/train.csv: is not a CSV file",
      })
  void saysWhatIsWrongWithTheRows(String rows, String message) {
    sets.file("in/std_train/train.csv", rows.replace('/', '\n'));

    assertRefused(message);
  }

  @Test
  void saysWhenAFileIsNotUtf8() throws IOException {
    Files.write(
        sets.work.resolve("in/std_train/train.csv"),
        "id,shape,size,class\n1,\u00e4,1,no\n".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused("in/std_train/train.csv: is not a text in UTF-8");
  }

  @Test
  void saysWhichSetsItFound() {
    assertThatThrownBy(() -> new Sets(temporary.resolve("x")).train())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("in: has no folder train or <layer>_train; it has []");
    assertThatThrownBy(() -> sets.train("std_learn"))
        .hasMessageContaining("no folder 'std_learn'")
        .hasMessageContaining("[std_train, std_validation]");
    assertThatThrownBy(() -> sets.train("a", "b", "c")).hasMessageContaining("two arguments");
    sets.file("in/proc_train/x.csv", "");
    assertThatThrownBy(() -> sets.train()).hasMessageContaining("[proc_train, std_train]");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> sets.train())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(message);
    assertThat(sets.work.resolve("out")).isEmptyDirectory();
  }
}
