package org.balsam.process.engine;

import java.util.List;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;

/** A query for tenants that the directory answers. */
final class DirectoryTenantQuery extends TenantQueryImpl {

  private static final long serialVersionUID = 1L;

  DirectoryTenantQuery(@Nullable CommandExecutor executor) {
    super(executor);
  }

  @Override
  public long executeCount(CommandContext context) {
    return found(context).size();
  }

  @Override
  public List<Tenant> executeList(CommandContext context, @Nullable Page page) {
    var all = found(context);
    if (page == null) {
      return all;
    }
    var from = Math.min(page.getFirstResult(), all.size());
    var to = (int) Math.min((long) from + page.getMaxResults(), all.size());
    return all.subList(from, to);
  }

  private List<Tenant> found(CommandContext context) {
    return ((DirectoryIdentityProvider) context.getReadOnlyIdentityProvider()).tenants(this);
  }
}
