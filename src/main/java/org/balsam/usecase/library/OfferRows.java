package org.balsam.usecase.library;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.balsam.kernel.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of offers. */
@Component
class OfferRows {

  private final JdbcClient database;

  OfferRows(JdbcClient database) {
    this.database = database;
  }

  /** An offer with its place in the list. */
  record Numbered(long number, OfferView offer) {}

  /** Keeps an offer, or what became of it when it is made again. */
  void keep(OfferView offer) {
    database
        .sql(
            """
            insert into balsam.library_offer (library, keeper, branch, commit_id, project, origin,
              path, target, title, page, offered_by, offered_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (keeper, branch) do update
              set commit_id = excluded.commit_id, page = excluded.page
            """)
        .params(
            java.util.Arrays.asList(
                offer.library(),
                offer.keeper(),
                offer.branch(),
                offer.commit(),
                offer.project(),
                offer.origin(),
                offer.path(),
                offer.target(),
                offer.title(),
                offer.page() == null ? null : offer.page().toString(),
                offer.offeredBy(),
                offer.offeredAt().atOffset(ZoneOffset.UTC)))
        .update();
  }

  /** The offers to a library from or to projects of the actor, newest first. */
  List<Numbered> list(String library, Actor actor, @Nullable Long before, int limit) {
    var projects =
        actor.groups().stream()
            .filter(group -> !Actor.isOfPlatform(group) && group.indexOf('/') > 0)
            .map(group -> group.substring(0, group.indexOf('/')))
            .distinct()
            .toArray(String[]::new);
    return database
        .sql(
            """
            select * from balsam.library_offer
            where library = :library and id < coalesce(cast(:before as bigint), 9223372036854775807)
              and (:everything or project = any (cast(:projects as text[]))
                or keeper = any (cast(:projects as text[])))
            order by id desc limit :limit
            """)
        .param("library", library)
        .param("before", before)
        .param("everything", actor.isPlatformAdministrator())
        .param("projects", projects)
        .param("limit", limit)
        .query((row, number) -> new Numbered(row.getLong("id"), view(row)))
        .list();
  }

  private static OfferView view(ResultSet row) throws SQLException {
    var page = row.getString("page");
    return new OfferView(
        row.getString("library"),
        row.getString("keeper"),
        row.getString("branch"),
        row.getString("commit_id"),
        row.getString("project"),
        row.getString("origin"),
        row.getString("path"),
        row.getString("target"),
        row.getString("title"),
        page == null ? null : URI.create(page),
        row.getString("offered_by"),
        row.getObject("offered_at", OffsetDateTime.class).toInstant());
  }
}
