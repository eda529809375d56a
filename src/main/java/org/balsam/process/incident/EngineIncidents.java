package org.balsam.process.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.balsam.kernel.Actor;
import org.balsam.process.engine.EngineAccess;
import org.balsam.usecase.incident.IncidentLedger;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads incidents by one statement, since the engine's query neither counts them along nor leaves
 * out what is only passed on; changes them with the rights of the person, as Cockpit does.
 */
@Component
class EngineIncidents implements IncidentLedger {

  private static final int ATTEMPTS = 1;

  private final JdbcClient database;
  private final EngineAccess engine;
  private final RuntimeService runtime;
  private final ManagementService management;

  EngineIncidents(
      JdbcClient database,
      EngineAccess engine,
      @Lazy RuntimeService runtime,
      @Lazy ManagementService management) {
    this.database = database;
    this.engine = engine;
    this.runtime = runtime;
    this.management = management;
  }

  @Override
  public Found newest(int most) {
    var rows =
        database
            .sql(
                """
                select i.id_, i.incident_timestamp_, i.incident_msg_, i.incident_type_, i.tenant_id_,
                       coalesce(i.failed_activity_id_, i.activity_id_) as activity,
                       d.key_ as process, coalesce(own.business_key_, root.business_key_) as subject,
                       count(*) over () as total
                  from engine.act_ru_incident i
                  left join engine.act_re_procdef d on d.id_ = i.proc_def_id_
                  left join engine.act_ru_execution own on own.id_ = i.proc_inst_id_
                  left join engine.act_ru_execution root on root.id_ = own.root_proc_inst_id_
                 where i.root_cause_incident_id_ = i.id_
                 order by i.incident_timestamp_ desc, i.id_ limit :most
                """)
            .param("most", most)
            .query((row, number) -> new Row(row.getLong("total"), incident(row)))
            .list();
    return new Found(
        rows.isEmpty() ? 0 : rows.get(0).total(), rows.stream().map(Row::incident).toList());
  }

  private record Row(long total, OpenIncident incident) {}

  private static OpenIncident incident(ResultSet row) throws SQLException {
    return new OpenIncident(
        row.getString("id_"),
        row.getString("tenant_id_"),
        row.getString("subject"),
        row.getString("process"),
        row.getString("activity"),
        Objects.requireNonNullElse(row.getString("incident_msg_"), ""),
        row.getTimestamp("incident_timestamp_").toInstant(),
        isOfJob(row.getString("incident_type_")));
  }

  @Override
  public Retried retry(String incident, Actor actor) {
    return engine.as(
        actor,
        () -> {
          var found = find(incident);
          if (found == null) {
            return Retried.GONE;
          }
          return isOfJob(found.getIncidentType()) ? attempt(found) : Retried.NOT_A_JOB;
        });
  }

  /** Who is second at the same moment finds the incident gone. */
  private Retried attempt(Incident found) {
    try {
      management.setJobRetries(found.getConfiguration(), ATTEMPTS);
      return Retried.QUEUED;
    } catch (ProcessEngineException lost) {
      if (find(found.getId()) == null) {
        return Retried.GONE;
      }
      throw lost;
    }
  }

  private @Nullable Incident find(String id) {
    return runtime.createIncidentQuery().incidentId(id).singleResult();
  }

  private static boolean isOfJob(String type) {
    return Incident.FAILED_JOB_HANDLER_TYPE.equals(type);
  }
}
