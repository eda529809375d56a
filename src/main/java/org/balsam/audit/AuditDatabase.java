package org.balsam.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The trail's two ways into the database: the caller's transaction, and connections of its own for
 * what must commit whatever the caller does. The own pool keeps a full application pool from
 * blocking a refusal that is recorded inside a transaction.
 */
final class AuditDatabase implements AutoCloseable {

  private static final int OWN_CONNECTIONS = 3;

  private final DataSource ownPool;
  private final JdbcTemplate joined;
  private final JdbcTemplate own;
  private final TransactionTemplate separate;

  AuditDatabase(DataSource source) {
    ownPool = ownPool(source);
    joined = new JdbcTemplate(source);
    own = new JdbcTemplate(ownPool);
    separate = new TransactionTemplate(new DataSourceTransactionManager(ownPool));
    separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Works in the transaction of the current thread. */
  JdbcTemplate joined() {
    return joined;
  }

  /** Works in {@link #separately}; by itself it commits each statement. */
  JdbcTemplate own() {
    return own;
  }

  /** Runs {@code work} in a transaction of its own, which has committed on return. */
  <T> T separately(Supplier<T> work) {
    return separate.execute(status -> work.get());
  }

  DataSource source() {
    return ownPool;
  }

  private static DataSource ownPool(DataSource source) {
    try {
      if (!source.isWrapperFor(HikariDataSource.class)) {
        return source;
      }
      var config = new HikariConfig();
      var application = source.unwrap(HikariDataSource.class);
      config.setJdbcUrl(application.getJdbcUrl());
      config.setUsername(application.getUsername());
      config.setPassword(application.getPassword());
      config.setMaximumPoolSize(OWN_CONNECTIONS);
      config.setMinimumIdle(1);
      config.setPoolName("balsam-audit");
      return new HikariDataSource(config);
    } catch (SQLException failure) {
      throw new IllegalStateException("the connection pool cannot be inspected", failure);
    }
  }

  @Override
  public void close() {
    if (ownPool instanceof HikariDataSource pool && pool.getMaximumPoolSize() == OWN_CONNECTIONS) {
      pool.close();
    }
  }
}
