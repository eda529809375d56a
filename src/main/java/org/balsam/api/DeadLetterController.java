package org.balsam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Page;
import org.balsam.platform.messaging.NoticeDeliveries;
import org.balsam.usecase.notice.DeadLetters;
import org.balsam.usecase.notice.RetryDelivery;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Notices that could not be delivered. */
@RestController
@Tag(name = "platform")
@RequestMapping("/api/v1/platform/dead-letters")
class DeadLetterController {

  private final DeadLetters letters;
  private final RetryDelivery retry;

  DeadLetterController(DeadLetters letters, RetryDelivery retry) {
    this.letters = letters;
    this.retry = retry;
  }

  @Operation(summary = "The notices that were given up, latest first")
  @GetMapping
  Page<NoticeDeliveries.DeadLetter> listDeadLetters(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return letters.page(limit, cursor, actor());
  }

  @Operation(summary = "Deliver one once more")
  @PostMapping("/{letter}/retry")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void retryDelivery(@PathVariable long letter) {
    retry.handle(new RetryDelivery.Command(letter, actor()));
  }

  private static Actor actor() {
    return CallContext.current().actor();
  }
}
