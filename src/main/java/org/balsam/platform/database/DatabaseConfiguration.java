package org.balsam.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.balsam.kernel.BalsamHome;
import org.balsam.kernel.Probe;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Chooses the database and opens it twice: pooled for the application, single for its owner. */
@Configuration
class DatabaseConfiguration {

  /** How long a caller waits for a connection before it is told to come again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Bean(destroyMethod = "close")
  @Conditional(EmbeddedDatabaseChosen.class)
  EmbeddedDatabase embeddedDatabase(BalsamHome home) {
    return EmbeddedDatabase.start(home.resolve("postgresql"), true);
  }

  @Bean
  DatabaseAccess databaseAccess(
      DatabaseProperties properties, ObjectProvider<EmbeddedDatabase> embedded) {
    return switch (properties.type()) {
      case EMBEDDED -> embedded.getObject().access("balsam");
      case EXTERNAL -> external(properties);
    };
  }

  @Bean
  @Primary
  HikariDataSource dataSource(DatabaseAccess access, DatabaseProperties properties) {
    var pool = new HikariDataSource();
    pool.setJdbcUrl(access.url());
    pool.setUsername(access.user());
    pool.setPassword(access.password());
    pool.setMaximumPoolSize(properties.poolSize());
    pool.setMinimumIdle(Math.min(2, properties.poolSize()));
    pool.setAutoCommit(true);
    pool.setConnectionTimeout(PATIENCE.toMillis());
    return pool;
  }

  @Bean(defaultCandidate = false)
  @FlywayDataSource
  DataSource ownerDataSource(DatabaseAccess access) {
    var source = new PGSimpleDataSource();
    source.setUrl(access.url());
    source.setUser(access.owner());
    source.setPassword(access.ownerPassword());
    return source;
  }

  @Bean
  Probe databaseProbe(
      DatabaseAccess access, DataSource application, @FlywayDataSource DataSource owner) {
    return new DatabaseProbe(application, owner, access);
  }

  private static DatabaseAccess external(DatabaseProperties properties) {
    var external = java.util.Objects.requireNonNull(properties.external());
    var separator = external.url().contains("?") ? "&" : "?";
    return new DatabaseAccess(
        external.url().contains("currentSchema=")
            ? external.url()
            : external.url() + separator + "currentSchema=engine,balsam",
        external.username(),
        external.password(),
        external.ownerUsername(),
        external.ownerPassword());
  }
}
