package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.usecase.task.TaskInbox;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** My tasks: the same ones, under the same rules, as in Tasklist. */
@RestController
@Tag(name = "tasks")
@RequestMapping("/api/v1/tasks")
class TaskController {

  private final TaskInbox inbox;

  TaskController(TaskInbox inbox) {
    this.inbox = inbox;
  }

  record Completion(Map<String, Object> variables) {}

  @Operation(summary = "Open tasks that I am assigned to or may claim, oldest first")
  @GetMapping
  Page<TaskInbox.OpenTask> listTasks(
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return inbox.open(subject, Page.limit(limit), cursor, CallContext.current().actor());
  }

  @Operation(summary = "One task with its form and what the form shows")
  @GetMapping("/{id}")
  TaskInbox.TaskDetail getTask(@PathVariable String id) {
    return inbox.get(id, CallContext.current().actor());
  }

  @Operation(summary = "Make me the assignee")
  @PostMapping("/{id}/claim")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void claimTask(@PathVariable String id) {
    inbox.claim(id, CallContext.current().actor());
  }

  @Operation(summary = "Give a claimed task back")
  @PostMapping("/{id}/unclaim")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unclaimTask(@PathVariable String id) {
    inbox.unclaim(id, CallContext.current().actor());
  }

  @Operation(summary = "Complete the task with its form fields")
  @PostMapping("/{id}/complete")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void completeTask(@PathVariable String id, @RequestBody Completion completion) {
    inbox.complete(
        id,
        completion.variables() == null ? Map.of() : completion.variables(),
        CallContext.current().actor());
  }
}
