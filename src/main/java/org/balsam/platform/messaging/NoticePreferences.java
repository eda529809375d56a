package org.balsam.platform.messaging;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which kinds of notice leave by which channel: what a project rules for its notices, and what a
 * person does not want. The inbox has everything, and tasks and alarms always leave. Changes are
 * written in the caller's transaction.
 */
public final class NoticePreferences {

  private final JdbcClient database;
  private final Channels channels;

  NoticePreferences(JdbcClient database, Channels channels) {
    this.database = database;
    this.channels = channels;
  }

  /** What a project says about a kind of notice on a channel. */
  public enum Level {
    /** Nobody gets it there. */
    OFF,
    /** Everybody gets it there but who does not want it. */
    CHOSEN,
    /** Everybody gets it there. */
    DEMANDED;

    /** Reads the lower-case writing. */
    @JsonCreator
    public static Level parse(String value) {
      return Arrays.stream(values())
          .filter(level -> level.value().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new Invalid(ErrorCode.INVALID_INPUT, "level", "is one of off, chosen, demanded"));
    }

    /** The writing in the API and in the database. */
    @JsonValue
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a project says. */
  public record Rule(String channel, Kind kind, Level level) {}

  /** What a person does not want by a channel, whatever the project. */
  public record Mute(String channel, Kind kind) {}

  /** The project's rules for every channel that is switched on and every kind. */
  public List<Rule> rules(ProjectId project) {
    var set =
        database
            .sql("select channel, kind, level from notice_rule where project = :project")
            .param("project", project.value())
            .query(
                (row, number) ->
                    new Rule(
                        row.getString("channel"),
                        Kind.parse(row.getString("kind")),
                        Level.parse(row.getString("level"))))
            .list();
    var all = new ArrayList<Rule>();
    for (var channel : channels.names()) {
      for (var kind : Kind.values()) {
        var standard = new Rule(channel, kind, kind.demanded() ? Level.DEMANDED : Level.CHOSEN);
        all.add(
            set.stream()
                .filter(rule -> rule.channel().equals(channel) && rule.kind() == kind)
                .findFirst()
                .orElse(standard));
      }
    }
    return all;
  }

  /**
   * Replaces the project's rules; what is not named becomes {@code chosen} again.
   *
   * @throws Invalid for a channel that is not switched on, a kind that the rules demand, or the
   *     same twice
   */
  public void setRules(ProjectId project, List<Rule> rules) {
    check(rules.stream().map(rule -> new Mute(rule.channel(), rule.kind())).toList());
    forget(project);
    for (var rule : rules) {
      if (rule.level() != Level.CHOSEN) {
        database
            .sql(
                """
                insert into notice_rule (project, channel, kind, level)
                values (:project, :channel, :kind, :level)
                on conflict (project, channel, kind) do update set level = excluded.level
                """)
            .param("project", project.value())
            .param("channel", rule.channel())
            .param("kind", rule.kind().value())
            .param("level", rule.level().value())
            .update();
      }
    }
  }

  /** What the person does not want. */
  public List<Mute> mutes(String person) {
    return database
        .sql("select channel, kind from notice_mute where person = :person order by channel, kind")
        .param("person", person)
        .query(
            (row, number) -> new Mute(row.getString("channel"), Kind.parse(row.getString("kind"))))
        .list();
  }

  /**
   * Replaces what the person does not want.
   *
   * @throws Invalid for a channel that is not switched on, a kind that the rules demand, or the
   *     same twice
   */
  public void setMutes(String person, List<Mute> mutes) {
    check(mutes);
    database.sql("delete from notice_mute where person = :person").param("person", person).update();
    for (var mute : mutes) {
      database
          .sql(
              """
              insert into notice_mute (person, channel, kind) values (:person, :channel, :kind)
              on conflict (person, channel, kind) do nothing
              """)
          .param("person", person)
          .param("channel", mute.channel())
          .param("kind", mute.kind().value())
          .update();
    }
  }

  /** Removes the project's rules. */
  public void forget(ProjectId project) {
    database
        .sql("delete from notice_rule where project = :project")
        .param("project", project.value())
        .update();
  }

  /** Those of {@code receivers} whom the notice reaches by the channel; places have no wishes. */
  List<String> wanting(Notice notice, String channel, List<String> receivers) {
    var level = level(notice, channel);
    if (level == Level.OFF) {
      return List.of();
    }
    var unwilling = level == Level.DEMANDED ? Set.<String>of() : unwilling(notice.kind(), channel);
    return receivers.stream().filter(receiver -> !unwilling.contains(receiver)).toList();
  }

  private Level level(Notice notice, String channel) {
    return rules(notice.project()).stream()
        .filter(rule -> rule.channel().equals(channel) && rule.kind() == notice.kind())
        .map(Rule::level)
        .findFirst()
        .orElse(Level.CHOSEN);
  }

  private Set<String> unwilling(Kind kind, String channel) {
    return database
        .sql("select person from notice_mute where channel = :channel and kind = :kind")
        .param("channel", channel)
        .param("kind", kind.value())
        .query(String.class)
        .set();
  }

  private void check(List<Mute> named) {
    var seen = new HashSet<Mute>();
    for (var one : named) {
      channels.require(one.channel());
      if (one.kind().demanded()) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "kind",
            one.kind().value() + " always leaves; progress and release can be set");
      }
      if (!seen.add(one)) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            "kind",
            one.channel() + " and " + one.kind().value() + " are named twice");
      }
    }
  }
}
