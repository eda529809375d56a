package org.balsam.process.engine;

import java.util.List;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.jspecify.annotations.Nullable;

/** A query for users that the directory answers. */
final class DirectoryUserQuery extends UserQueryImpl {

  private static final long serialVersionUID = 1L;

  DirectoryUserQuery(@Nullable CommandExecutor executor) {
    super(executor);
  }

  @Override
  public long executeCount(CommandContext context) {
    return found(context).size();
  }

  @Override
  public List<User> executeList(CommandContext context, @Nullable Page page) {
    var all = found(context);
    if (page == null) {
      return all;
    }
    var from = Math.min(page.getFirstResult(), all.size());
    var to = (int) Math.min((long) from + page.getMaxResults(), all.size());
    return all.subList(from, to);
  }

  private List<User> found(CommandContext context) {
    return ((DirectoryIdentityProvider) context.getReadOnlyIdentityProvider()).users(this);
  }
}
