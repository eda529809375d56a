package org.balsam.platform.forge.gitlab;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.balsam.kernel.ProjectId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger in the table {@code forge_token}. */
public final class JdbcTokenLedger implements TokenLedger {

  private static final int MOST = 50;

  private final JdbcClient jdbc;
  private final TransactionTemplate alone;

  public JdbcTokenLedger(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    alone = new TransactionTemplate(transactions);
    alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public void begin(Entry entry, LocalDate expires) {
    update(
        jdbc.sql(
                """
                insert into balsam.forge_token (holder, project, space, expires)
                values (:holder, :project, :space, :expires)
                on conflict (holder) do update set project = excluded.project,
                  space = excluded.space, token = null, expires = excluded.expires,
                  made_at = now(), ending_at = null, ended_at = null
                """)
            .param("holder", entry.holder())
            .param("project", entry.project().value())
            .param("space", entry.space())
            .param("expires", expires));
  }

  @Override
  public void made(String holder, long token) {
    update(
        jdbc.sql("update balsam.forge_token set token = :token where holder = :holder")
            .param("token", token)
            .param("holder", holder));
  }

  @Override
  public Optional<Entry> open(String holder) {
    return inOwnTransaction(
        () ->
            jdbc.sql(
                    "select holder, project, space, token from balsam.forge_token"
                        + " where holder = :holder and ended_at is null")
                .param("holder", holder)
                .query(JdbcTokenLedger::entry)
                .optional());
  }

  @Override
  public List<Entry> openOf(ProjectId project) {
    return inOwnTransaction(
        () ->
            jdbc.sql(
                    "select holder, project, space, token from balsam.forge_token"
                        + " where project = :project and ended_at is null order by holder")
                .param("project", project.value())
                .query(JdbcTokenLedger::entry)
                .list());
  }

  @Override
  public void ending(String holder) {
    update(
        jdbc.sql(
                "update balsam.forge_token set ending_at = coalesce(ending_at, now())"
                    + " where holder = :holder")
            .param("holder", holder));
  }

  @Override
  public List<Entry> unfinished() {
    return inOwnTransaction(
        () ->
            jdbc.sql(
                    "select holder, project, space, token from balsam.forge_token"
                        + " where ending_at is not null and ended_at is null"
                        + " order by ending_at desc limit :most")
                .param("most", MOST)
                .query(JdbcTokenLedger::entry)
                .list());
  }

  @Override
  public void ended(String holder) {
    update(
        jdbc.sql("update balsam.forge_token set ended_at = now() where holder = :holder")
            .param("holder", holder));
  }

  private static Entry entry(java.sql.ResultSet row, int number) throws java.sql.SQLException {
    return new Entry(
        row.getString("holder"),
        new ProjectId(row.getString("project")),
        row.getLong("space"),
        row.getObject("token", Long.class));
  }

  private void update(JdbcClient.StatementSpec statement) {
    inOwnTransaction(statement::update);
  }

  private <T> T inOwnTransaction(Supplier<T> work) {
    return alone.execute(status -> work.get());
  }
}
