package org.balsam.platform.forge.gitlab;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.gitlab.TokenLedger.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access tokens of projects: each reads one repository, for one holder, until it is revoked at the
 * holder's end or GitLab ends it, at most two midnights after it is needed.
 */
final class GitLabTokens {

  private static final Logger LOG = LoggerFactory.getLogger(GitLabTokens.class);

  private final GitLabServer server;
  private final TokenLedger ledger;
  private final Clock clock;

  GitLabTokens(GitLabServer server, TokenLedger ledger, Clock clock) {
    this.server = server;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The secret of a new token; the holder's earlier one is revoked. */
  String grant(ProjectId project, long space, String holder, Duration life) {
    var expires = LocalDate.ofInstant(clock.instant().plus(life), ZoneOffset.UTC).plusDays(2);
    revokeByName(space, holder);
    ledger.begin(new Entry(holder, project, space, null), expires);
    var made =
        server.of(
            "make an access token for " + holder,
            () -> server.calls().createReader(space, name(holder), expires));
    ledger.made(holder, made.getId());
    return made.getToken();
  }

  /** Revokes the holder's token, and those whose revocation failed before. */
  boolean end(String holder) {
    if (ledger.open(holder).isEmpty()) {
      return false;
    }
    ledger.ending(holder);
    for (var entry : ledger.unfinished()) {
      try {
        revoke(entry);
      } catch (ExternalFailure trouble) {
        if (entry.holder().equals(holder)) {
          throw trouble;
        }
        LOG.warn(
            "The access token of {} is not revoked yet: {}", entry.holder(), trouble.getMessage());
      }
    }
    return true;
  }

  /** Revokes the tokens of all holders of a project. */
  boolean endAll(ProjectId project) {
    var open = ledger.openOf(project);
    for (var entry : open) {
      ledger.ending(entry.holder());
      revoke(entry);
    }
    return !open.isEmpty();
  }

  private void revoke(Entry entry) {
    var token = entry.token();
    if (token == null) {
      revokeByName(entry.space(), entry.holder());
    } else {
      revoke(entry.space(), token);
    }
    ledger.ended(entry.holder());
  }

  /** Finds also what was made before a crash, when its id was not noted yet. */
  private void revokeByName(long space, String holder) {
    server
        .all(
            "list the access tokens of project " + space,
            page -> server.calls().activeTokens(space, page))
        .stream()
        .filter(token -> name(holder).equals(token.getName()))
        .forEach(token -> revoke(space, token.getId()));
  }

  private void revoke(long space, long token) {
    server.find(
        "revoke access token " + token + " of project " + space,
        () -> {
          server.api().getProjectApi().revokeProjectAccessToken(space, token);
          return true;
        });
  }

  private static String name(String holder) {
    return "balsam " + holder;
  }
}
