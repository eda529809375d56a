package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Preferences and dead letters over REST; no channel is switched on here. */
class NoticeApiTest extends ApiTestBase {

  private static final String LETTERS = "/api/v1/platform/dead-letters";

  @Autowired JdbcClient database;

  @BeforeEach
  void giveUpALetter() {
    database
        .sql(
            """
            insert into notice (key, kind, project, groups, subject, body, link, queued_at)
            values ('emp-secret/dead', 'alarm', 'emp-secret', '{}', 'Lost', '', '', now())
            """)
        .update();
    database
        .sql(
            """
            insert into notice_delivery
              (notice, channel, receiver, state, attempts, next_attempt_at, ended_at, last_error)
            values ('emp-secret/dead', 'mail', 'owner', 'dead', 10, now(), now(), '550')
            """)
        .update();
  }

  @AfterEach
  void forgetIt() {
    database.sql("delete from notice where key = 'emp-secret/dead'").update();
  }

  @Test
  void administratorsSeeWhatWasGivenUpAndTryItAgain() {
    var letters = api.get(ADMIN, LETTERS).json().path("items");
    assertThat(letters).hasSize(1);
    var letter = letters.get(0);
    assertThat(letter.path("notice").asText()).isEqualTo("emp-secret/dead");
    assertThat(letter.path("channel").asText()).isEqualTo("mail");
    assertThat(letter.path("error").asText()).isEqualTo("550");
    var retry = LETTERS + "/" + letter.path("id").asText() + "/retry";
    assertThat(api.post(ADMIN, retry, "").status()).isEqualTo(204);
    assertThat(api.post(ADMIN, retry, "").status()).isEqualTo(404);
    assertThat(api.get(ADMIN, LETTERS).json().path("items")).isEmpty();
    assertThat(recorded("notice.requeued")).containsExactly("emp-secret");
    assertThat(api.get("owner", LETTERS).status()).isEqualTo(403);
    assertThat(api.post("owner", retry, "").status()).isEqualTo(403);
    assertThat(api.get(ADMIN, LETTERS + "?limit=0").status()).isEqualTo(400);
    assertThat(api.get(ADMIN, LETTERS + "?cursor=x").status()).isEqualTo(400);
  }

  @Test
  void whatCannotBeChosenIsRefusedWithWhatIsAllowed() {
    var mine = api.send("quality", "PUT", "/api/v1/me/notices", mutes("mail", "progress"));
    assertThat(mine.status()).isEqualTo(400);
    assertThat(mine.text()).contains("no channel is switched on");
    assertThat(api.send("quality", "PUT", "/api/v1/me/notices", mutes("mail", "gossip")).text())
        .contains("is one of progress, release, task, alarm");
    var none = api.send("quality", "PUT", "/api/v1/me/notices", "{\"muted\":[]}");
    assertThat(none.status()).as(none.text()).isEqualTo(200);
    assertThat(api.get("quality", "/api/v1/me/notices").json().path("muted")).isEmpty();
    var rules = "{\"rules\":[{\"channel\":\"mail\",\"kind\":\"alarm\",\"level\":\"off\"}]}";
    assertThat(api.send("owner", "PUT", PATH + "/notices", rules).status()).isEqualTo(400);
    assertThat(api.send("quality", "PUT", PATH + "/notices", rules).status()).isEqualTo(403);
    assertThat(api.send(OUTSIDER, "PUT", PATH + "/notices", rules).status()).isEqualTo(404);
    assertThat(api.send("owner", "PUT", PATH + "/notices", "{\"rules\":[]}").status())
        .isEqualTo(200);
    assertThat(api.get("auditor", PATH + "/notices").json().path("rules")).isEmpty();
    assertThat(recorded("notice.rules.changed")).contains("emp-secret");
  }

  @Test
  void thePlatformNamesItsChannels() {
    assertThat(
            api.get("owner", "/api/v1/platform")
                .json()
                .path("adapters")
                .findValuesAsText("adapter"))
        .contains("in-app");
  }

  private static String mutes(String channel, String kind) {
    return "{\"muted\":[{\"channel\":\"" + channel + "\",\"kind\":\"" + kind + "\"}]}";
  }

  private List<String> recorded(String action) {
    return database
        .sql("select distinct project from audit_event where action = :action")
        .param("action", action)
        .query(String.class)
        .list();
  }
}
