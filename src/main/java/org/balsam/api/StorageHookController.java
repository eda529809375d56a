package org.balsam.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.balsam.kernel.Actor;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Forbidden;
import org.balsam.kernel.NotFound;
import org.balsam.platform.storage.StorageProperties;
import org.balsam.platform.storage.StorageProperties.Notifications;
import org.balsam.usecase.dataset.ReportArrival;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a storage server tells of objects that somebody wrote into it. */
@Hidden
@RestController
@RequestMapping("/api/v1/hooks/object-storage")
class StorageHookController {

  private static final Actor SERVER = new Actor(Actor.Kind.SERVICE, "object-storage", Set.of());

  private final StorageProperties storage;
  private final ReportArrival reportArrival;

  StorageHookController(StorageProperties storage, ReportArrival reportArrival) {
    this.storage = storage;
    this.reportArrival = reportArrival;
  }

  /** Events as S3 products write them. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Events(@JsonProperty("Records") @Nullable List<@Nullable Event> records) {}

  /** One event. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Event(@Nullable String eventName, @Nullable Subject s3) {}

  /** What it happened to. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Subject(@Nullable Named bucket, @Nullable Version object) {}

  /** A bucket. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Named(@Nullable String name) {}

  /** A version; its key is encoded as in a URL's query. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Version(@Nullable String key, @Nullable String versionId) {}

  @PostMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void report(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String token,
      @RequestBody Events events) {
    check(token);
    if (events.records() != null) {
      events.records().forEach(this::report);
    }
  }

  private void check(@Nullable String token) {
    var notifications = storage.notifications();
    if (notifications == null) {
      throw new NotFound("balsam.storage.notifications is not set");
    }
    if (token == null || !isEqual(token, notifications)) {
      throw new Forbidden("the token is not that of balsam.storage.notifications.token-file");
    }
  }

  private static boolean isEqual(String token, Notifications notifications) {
    var expected = "Bearer " + notifications.token();
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  private void report(@Nullable Event event) {
    if (event == null
        || event.s3() == null
        || event.s3().bucket() == null
        || event.s3().object() == null) {
      return;
    }
    var bucket = event.s3().bucket().name();
    var key = event.s3().object().key();
    var version = event.s3().object().versionId();
    var isNew = event.eventName() != null && event.eventName().contains("ObjectCreated:");
    if (isNew && bucket != null && key != null && version != null) {
      var decoded = decoded(key);
      CallContext.of(SERVER)
          .call(() -> reportArrival.handle(new ReportArrival.Command(bucket, decoded, version)));
    }
  }

  /** A key that cannot be decoded is none of Balsam's, whose keys need no encoding but of '='. */
  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return key;
    }
  }
}
