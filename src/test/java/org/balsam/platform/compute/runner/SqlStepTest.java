package org.balsam.platform.compute.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.balsam.platform.compute.JobSpec.Kind;
import org.balsam.platform.compute.JobSpecFixture;
import org.balsam.platform.compute.JobStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStepTest extends StepRunnerFixture {

  private JobSpecFixture sql(JobSpecFixture spec, String script) {
    code.put("steps/größe.sql", script);
    return spec.run(Kind.SQL, "steps/größe.sql");
  }

  @Test
  void readsInputsAndVariablesAndWritesCsvAndParquet() throws Exception {
    var spec =
        sql(
            withInput("in/ces/2009-01-ces.csv", "month,jobs\n2009-01,7\n2009-02,8\n"),
            """
            create table jobs as select * from read_csv('in/ces/*.csv');
            copy (select *, getvariable('balsam_period') as period from jobs)
              to 'out/jobs.csv' (header);
            copy jobs to 'out/jobs.parquet' (format parquet);
            """);

    var status =
        run(
            spec.environment("BALSAM_PERIOD", "2009-q1 'x'")
                .output("out/jobs.csv")
                .output("out/jobs.parquet"));

    assertThat(status.message()).isEmpty();
    assertThat(status.state()).isEqualTo(State.SUCCEEDED);
    assertThat(status.outputs()).extracting(o -> o.rows()).containsExactly(2L, -1L);
    assertThat(store.text("2026-q3/r0/out/result/b001/jobs.csv"))
        .isEqualTo("month,jobs,period\n2009-01,7,2009-q1 'x'\n2009-02,8,2009-q1 'x'\n");
    assertThat(status.runtime()).containsEntry("duckdb", "v1.4.4").containsKeys("java", "os");
    assertThat(log()).contains("steps/größe.sql:1: statement 1 took ");
  }

  @Test
  void namesFileLineAndStatementOfAnError() throws Exception {
    var status = run(sql(spec(), "select 1;\n\nselect 2;\nselect\n  missing;\n"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.message())
        .contains("steps/größe.sql:4: statement 3 failed: Binder Error")
        .contains("LINE 5:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('../../secret.csv')",
        "select * from read_csv('in/../../../secret.csv')",
        "select * from '%s/secret.csv'",
        "select * from glob('/etc/*')",
        "select * from read_blob('/proc/self/environ')",
        "install httpfs",
        "force install httpfs from 'http://127.0.0.1:1/'",
        "load httpfs",
        "load '/tmp/x.duckdb_extension'",
        "copy (select 1) to '%s/stolen.csv'",
        "copy (select 1) to '../stolen.csv'",
        "attach '%s/stolen.db'",
        "attach '' as pg (type postgres)",
        "export database '%s/stolen'",
        "select * from 'http://127.0.0.1:1/x.csv'",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
        "reset lock_configuration",
        "set memory_limit = '100GB'",
        "copy (select 1) to '../result.json'",
        "select * from read_text('../spec.json')",
      })
  void reachesNothingOutsideTheWorkingFolder(String statement) throws Exception {
    Files.writeString(temporary.resolve("secret.csv"), "a\n1\n");

    var status = run(sql(spec(), statement.formatted(temporary)));

    assertThat(status.state()).as(log()).isEqualTo(State.FAILED);
    assertThat(status.message()).containsPattern("Permission Error|locked");
    assertThat(temporary.resolve("stolen.csv")).doesNotExist();
    assertThat(temporary.resolve("stolen.db")).doesNotExist();
    assertThat(temporary.resolve("stolen")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc", "../../..", "../../../nowhere"})
  void refusesCodeThatLinksOutOfTheFolder(String target) throws Exception {
    links.put("way-out", Path.of(target));

    var status = run(sql(spec(), "select * from read_text('code/way-out/passwd')"));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message())
        .startsWith("way-out in the repository is a symbolic link that leaves");
  }

  @Test
  void isStoppedAtItsTimeLimit() throws Exception {
    var endless =
        "select count(*) from range(100000000000) a, range(1000) b where a.range <> b.range";

    var status = run(sql(spec().timeLimit(Duration.ofSeconds(2)), endless));

    assertThat(status.state()).isEqualTo(State.TIMED_OUT);
    assertThat(status.message())
        .contains("longer than its limit of PT2S")
        .contains("resources: time");
  }

  @Test
  void isStoppedWhenItNeedsTooMuchMemory() throws Exception {
    var big = "create table t as select range r, hash(range)::varchar h from range(50000000)";

    var status = run(sql(spec().memoryMib(64).maxOutputBytes(1 << 20), big));

    assertThat(status.state()).as(status.message()).isEqualTo(State.LIMIT_EXCEEDED);
    assertThat(status.message()).contains("64 MiB").contains("resources: memory");
  }

  @Test
  void isStoppedWhenItWritesTooMuch() throws Exception {
    var big = "copy (select range, hash(range) h from range(1000000000)) to 'out/big.csv'";

    var status = run(sql(spec().output("out/big.csv"), big));

    assertThat(status.state()).as(status.message()).isEqualTo(State.LIMIT_EXCEEDED);
    assertThat(status.message()).contains("more than its limit of 10485760 bytes");
    assertThat(store.writes).isZero();
  }

  @Test
  void aCrashOfDuckDbIsAFailureOfTheStep() throws Exception {
    var crash =
        "call enable_logging(storage = 'file', storage_config = {'path': '/nowhere'});\nselect 1";

    var status = run(sql(spec(), crash));

    assertThat(status.state()).isEqualTo(State.FAILED);
    assertThat(status.message()).contains("größe.sql");
  }
}
