package org.balsam.process.engine;

import java.util.List;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;

/** A query for groups that the directory answers. */
final class DirectoryGroupQuery extends GroupQueryImpl {

  private static final long serialVersionUID = 1L;

  DirectoryGroupQuery(@Nullable CommandExecutor executor) {
    super(executor);
  }

  @Override
  public long executeCount(CommandContext context) {
    return found(context).size();
  }

  @Override
  public List<Group> executeList(CommandContext context, @Nullable Page page) {
    var all = found(context);
    if (page == null) {
      return all;
    }
    var from = Math.min(page.getFirstResult(), all.size());
    var to = (int) Math.min((long) from + page.getMaxResults(), all.size());
    return all.subList(from, to);
  }

  private List<Group> found(CommandContext context) {
    return ((DirectoryIdentityProvider) context.getReadOnlyIdentityProvider()).groups(this);
  }
}
