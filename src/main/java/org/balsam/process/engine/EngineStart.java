package org.balsam.process.engine;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What the engine needs before the first request and the first job: authorisations, shared filters,
 * models. One node at a time does it, in one transaction.
 */
@Component
class EngineStart implements SmartInitializingSingleton {

  private final EngineAuthorizations authorizations;
  private final PersonalFilters filters;
  private final ModelDeployer deployer;
  private final TransactionOperations transaction;
  private final JdbcClient jdbc;

  EngineStart(
      EngineAuthorizations authorizations,
      PersonalFilters filters,
      ModelDeployer deployer,
      TransactionOperations transaction,
      JdbcClient jdbc) {
    this.authorizations = authorizations;
    this.filters = filters;
    this.deployer = deployer;
    this.transaction = transaction;
    this.jdbc = jdbc;
  }

  @Override
  public void afterSingletonsInstantiated() {
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  "select 1 from (select pg_advisory_xact_lock(hashtext('balsam start'))) as locked")
              .query(Integer.class)
              .single();
          authorizations.ensure();
          filters.ensureShared();
          deployer.deploy();
        });
  }
}
