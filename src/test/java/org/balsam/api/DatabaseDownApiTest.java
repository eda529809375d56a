package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.balsam.api.ApiFixture.Reply;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.database.DatabaseAccess;
import org.balsam.platform.health.HealthWatch;
import org.balsam.testing.Browser;
import org.balsam.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real PostgreSQL refuses and cuts connections under the running server. */
class DatabaseDownApiTest extends ApiTestBase {

  private static final String READINESS = "/actuator/health/readiness";

  @Autowired DatabaseAccess access;
  @Autowired HealthWatch watch;
  @Autowired JdbcClient jdbc;

  private Connection superuser;
  private String name;

  @BeforeEach
  void connect() throws SQLException {
    superuser = TestDatabase.superuser(access);
    name = superuser.getCatalog();
  }

  @AfterEach
  void letItIn() throws SQLException {
    execute("alter role balsam_app login");
    execute("drop trigger if exists cut on balsam.round");
    execute("drop trigger if exists cut on engine.act_ru_filter");
    execute("drop function if exists balsam.cut()");
    superuser.close();
    await(() -> api.get("owner", PATH).status() == 200);
  }

  @Test
  void whileItIsAwayEveryRouteAsksToComeAgainAndThenGoesOn() throws SQLException {
    assertThat(api.get("owner", PATH).status()).isEqualTo(200);
    execute("alter role balsam_app nologin");
    cutAll();
    comeAgain(api.get("owner", PATH));
    comeAgain(startRound("owner", "1950-q1"));
    execute("alter role balsam_app login");
    await(() -> api.get("owner", PATH).status() == 200);
    assertThat(api.get("owner", PATH + "/rounds/" + P + "-1950-q1-r0").status()).isEqualTo(404);
    assertThat(startRound("owner", "1950-q1").status()).isEqualTo(201);
  }

  @Test
  void whileItIsAwayTheNodeIsNotReadyAndSaysSoWithoutAskingIt() throws SQLException {
    watch.examine();
    assertThat(api.send(null, "GET", READINESS, null).status()).isEqualTo(200);
    execute("alter role balsam_app nologin");
    cutAll();
    watch.examine();
    var reply = api.send(null, "GET", READINESS, null);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.text()).contains("\"DOWN\"").doesNotContain("balsam_app", "jdbc");
    assertThat(api.send(null, "GET", "/actuator/health/liveness", null).status()).isEqualTo(200);
    assertThat(watch.latest("database").orElseThrow().problem())
        .startsWith("database: as 'balsam_app': FATAL");
    execute("alter role balsam_app login");
    await(
        () -> {
          watch.examine();
          return api.send(null, "GET", READINESS, null).status() == 200;
        });
  }

  @Test
  void aConnectionThatIsLostInTheMiddleLeavesNothingHalfDone() throws SQLException {
    createCut();
    execute(
        "create constraint trigger cut after insert on balsam.round deferrable initially deferred"
            + " for each row execute function balsam.cut()");
    var reply = startRound("owner", "1951-q1");
    comeAgain(reply);
    assertThat(reply.json().path("detail").asText()).contains("read whether it was made");
    execute("drop trigger cut on balsam.round");
    assertThat(
            jdbc.sql("select count(*) from balsam.round where period = '1951-q1'")
                .query(Long.class)
                .single())
        .isZero();
    assertThat(
            jdbc.sql("select count(*) from engine.act_ru_execution where business_key_ = ?")
                .param(P + "-1951-q1-r0")
                .query(Long.class)
                .single())
        .isZero();
    assertThat(startRound("owner", "1951-q1").status()).isEqualTo(201);
  }

  @Test
  void aConnectionThatIsLostUnderAPageIsNotTakenForABug() throws Exception {
    person("first.visitor");
    directory.setRoles(new ProjectId(P), "first.visitor", Set.of(Role.AUDITOR));
    createCut();
    execute(
        "create trigger cut after insert on engine.act_ru_filter"
            + " for each row execute function balsam.cut()");
    var browser = new Browser(URI.create("http://127.0.0.1:" + port));
    browser.signIn("first.visitor", ApiFixture.password("first.visitor"));
    var page = browser.get("/camunda/app/tasklist/default/");
    assertThat(page.statusCode()).as(page.body()).isEqualTo(503);
    assertThat(page.headers().firstValue("Retry-After")).hasValue("5");
    execute("drop trigger cut on engine.act_ru_filter");
    assertThat(browser.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
  }

  private void createCut() throws SQLException {
    execute(
        "create function balsam.cut() returns trigger language plpgsql security definer as $$ begin"
            + " perform pg_terminate_backend(pg_backend_pid()); return new; end $$");
  }

  private static void comeAgain(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo("external-system");
    assertThat(reply.header("Retry-After")).isEqualTo("5");
    assertThat(reply.text()).doesNotContain("Exception", "jdbc", "balsam_app");
  }

  private void cutAll() throws SQLException {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + name
            + "' and pid <> pg_backend_pid()");
  }

  private void execute(String sql) throws SQLException {
    try (var statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }
}
