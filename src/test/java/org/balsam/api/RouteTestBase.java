package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A round of {@code emp-secret} that waits for people, its task, one of its events, a schedule. */
abstract class RouteTestBase extends ApiTestBase {

  private static final AtomicInteger COUNT = new AtomicInteger();

  @Autowired JdbcClient jdbc;

  String period;
  String round;
  String schedule;
  String task;
  String event;

  @BeforeEach
  void seed() {
    var number = COUNT.incrementAndGet();
    period = (1900 + number) + "-q1";
    round = P + "-" + period + "-r0";
    schedule = "matrix" + number;
    for (var role : Role.values()) {
      directory.setRoles(new ProjectId(P), role.value(), Set.of(role));
    }
    startRound("owner", period);
    await(() -> taskOf("owner", round) != null);
    task = taskOf("owner", round);
    event =
        api.get("owner", "/api/v1/audit/events?subject=" + round).json().at("/items/0/id").asText();
    await(() -> api.get("owner", "/api/v1/audit/events/" + event + "/proof").status() == 200);
    var scheduled =
        api.post(
            "owner",
            PATH + "/schedules",
            "{\"name\":\"%s\",\"rules\":{\"recurrence\":\"R/2030-01-15T07:00/P3M\","
                    .formatted(schedule)
                + "\"zone\":\"UTC\",\"frequency\":\"quarter\"}}");
    assertThat(scheduled.status()).as(scheduled.text()).isEqualTo(201);
    await(this::isEngineQuiet);
  }

  private boolean isEngineQuiet() {
    return jdbc.sql(
            "select not exists (select from engine.act_ru_job where retries_ > 0"
                + " and (duedate_ is null or duedate_ <= now() or lock_owner_ is not null))")
        .query(Boolean.class)
        .single();
  }

  /** What nobody may have changed: the rows of Balsam and of the engine. */
  String fingerprint() {
    var tables =
        jdbc.sql(
                """
                select table_schema || '.' || table_name from information_schema.tables
                where table_type = 'BASE TABLE'
                  and (table_schema = 'balsam' and table_name !~ '^(audit_|api_|notice|person$|flyway)'
                    or table_schema = 'engine' and table_name in ('act_ru_task', 'act_ru_execution',
                      'act_ru_variable', 'act_ru_identitylink', 'act_hi_comment',
                      'act_hi_attachment', 'act_re_deployment', 'act_re_procdef',
                      'act_ru_authorization', 'act_id_user', 'act_id_group'))
                order by 1
                """)
            .query(String.class)
            .list();
    assertThat(tables).hasSizeGreaterThan(15);
    return tables.stream()
        .map(
            table ->
                table
                    + " "
                    + jdbc.sql(
                            "select coalesce(md5(string_agg(t::text, '|' order by t::text)), '')"
                                + " from "
                                + table
                                + " t")
                        .query(String.class)
                        .single())
        .collect(Collectors.joining("\n"));
  }
}
