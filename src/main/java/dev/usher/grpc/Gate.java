package dev.usher.grpc;

import dev.usher.auth.AuthProtocol;
import dev.usher.auth.AuthProtocol.Secret;
import dev.usher.auth.Principal;
import dev.usher.replica.UnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.grpc.javadsl.Metadata;
import org.apache.pekko.stream.javadsl.Source;

/**
 * What every call of one service goes through before its method runs: deadline, session, role. And
 * after: nothing is left unanswered when the deadline passes.
 */
final class Gate {
  private static final String BEARER = "bearer ";
  private static final int LONGEST_TOKEN = 512;

  private final String service;
  private final ActorSystem<?> system;
  private final ActorRef<AuthProtocol.Request> auth;
  private final LongSupplier nanoTime;

  Gate(
      String service,
      ActorSystem<?> system,
      ActorRef<AuthProtocol.Request> auth,
      LongSupplier nanoTime) {
    this.service = service;
    this.system = system;
    this.auth = auth;
    this.nanoTime = nanoTime;
  }

  /** Lets a method through that changes nothing. */
  <T> CompletionStage<T> read(
      String method, Metadata metadata, Function<Call, CompletionStage<T>> body) {
    return unary(method, metadata, Deadline.FOR_READS, Errors::deadlinePassed, body);
  }

  /** Lets a method through that changes something: past the deadline its outcome is unknown. */
  <T> CompletionStage<T> change(
      String method, Metadata metadata, Function<Call, CompletionStage<T>> body) {
    return unary(method, metadata, Deadline.FOR_CHANGES, Errors::outcomeUnknown, body);
  }

  /** Lets a stream through. It ends at the client's deadline; without one it goes on. */
  <T> Source<T, NotUsed> stream(
      String method, Metadata metadata, Function<Call, Source<T, NotUsed>> body) {
    try {
      var deadline = Deadline.of(metadata, Deadline.FOR_READS, nanoTime);
      var opened =
          Source.completionStage(enter(method, metadata, deadline))
              .flatMapConcat(call -> body.apply(call));
      return metadata.getText(Deadline.HEADER).isEmpty()
          ? opened
          : opened
              .completionTimeout(deadline.timeLeft())
              .mapError(TimeoutException.class, e -> Errors.deadlinePassed());
    } catch (CallException e) {
      return Source.failed(e);
    }
  }

  private <T> CompletionStage<T> unary(
      String method,
      Metadata metadata,
      Duration byDefault,
      Supplier<CallException> whenLate,
      Function<Call, CompletionStage<T>> body) {
    try {
      var deadline = Deadline.of(metadata, byDefault, nanoTime);
      return enter(method, metadata, deadline)
          .thenCompose(call -> answerInTime(body.apply(call), deadline, whenLate));
    } catch (CallException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Who calls, and may they? Nothing was done yet when this fails. */
  private CompletionStage<Call> enter(String method, Metadata metadata, Deadline deadline) {
    var fullName = service + "/" + method;
    var access =
        MethodRoles.of(fullName)
            .orElseThrow(() -> new IllegalStateException(fullName + " is not in the table"));
    return switch (access) {
      case Access.Anybody anybody -> CompletableFuture.completedFuture(nobody(deadline));
      case Access.AnybodyWithMoreForSome some ->
          token(metadata)
              .map(token -> authenticate(token, some.linearizable(), deadline))
              .orElseGet(() -> CompletableFuture.completedFuture(nobody(deadline)));
      case Access.Only only ->
          authenticate(
                  token(metadata).orElseThrow(Gate::sessionRequired), only.linearizable(), deadline)
              .thenApply(call -> withRole(call, only, fullName));
    };
  }

  private CompletionStage<Call> authenticate(Secret token, boolean surely, Deadline deadline) {
    var timeout = deadline.timeForStep();
    CompletionStage<AuthProtocol.AuthenticateReply> reply =
        AskPattern.ask(
            auth,
            replyTo -> new AuthProtocol.Authenticate(token, surely, timeout, replyTo),
            deadline.timeLeft().plusMillis(1),
            system.scheduler());
    return reply.handle(
        (answer, failure) -> {
          if (failure != null) {
            throw notChecked(failure);
          }
          return switch (answer) {
            case AuthProtocol.Authenticated known ->
                new Call(Optional.of(known.principal()), token, deadline);
            case AuthProtocol.Refused no ->
                throw Errors.named(no.reason(), no.message(), no.retryAfter());
          };
        });
  }

  private static RuntimeException notChecked(Throwable failure) {
    return failure instanceof TimeoutException
        ? Errors.of(Reason.NOT_READY, "The session could not be checked in time; nothing was done.")
        : new CompletionException(failure);
  }

  private static Call withRole(Call call, Access.Only only, String method) {
    Principal caller = call.principal();
    if (only.roles().stream().noneMatch(caller::has)) {
      var roles = only.roles().stream().map(Enum::name).sorted().toList();
      throw Errors.of(
          Reason.ROLE_REQUIRED,
          "This needs one of the roles " + String.join(", ", roles) + ".",
          Map.of("method", method, "roles", String.join(",", roles)));
    }
    return call;
  }

  private <T> CompletionStage<T> answerInTime(
      CompletionStage<T> work, Deadline deadline, Supplier<CallException> whenLate) {
    var answer = work.toCompletableFuture();
    var inTime =
        answer.isDone()
            ? answer
            : answer.copy().orTimeout(deadline.timeLeft().toNanos(), TimeUnit.NANOSECONDS);
    return inTime.exceptionally(
        failure -> {
          throw told(Failures.unwrap(failure), whenLate);
        });
  }

  private static RuntimeException told(Throwable cause, Supplier<CallException> whenLate) {
    return switch (cause) {
      case TimeoutException late -> whenLate.get();
      case UnavailableException none -> Errors.notRead(none);
      case RuntimeException other -> other;
      default -> new CompletionException(cause);
    };
  }

  private static Call nobody(Deadline deadline) {
    return new Call(Optional.empty(), new Secret(""), deadline);
  }

  private static Optional<Secret> token(Metadata metadata) {
    var header = metadata.getText("authorization").map(String::strip).orElse("");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    var token =
        header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? header.substring(BEARER.length()).strip()
            : "";
    if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
      throw Errors.of(
          Reason.SESSION_REQUIRED, "The authorization metadata must be 'Bearer ' and a token.");
    }
    return Optional.of(new Secret(token));
  }

  private static CallException sessionRequired() {
    return Errors.of(
        Reason.SESSION_REQUIRED,
        "This needs a session: log in with CreateSession and send 'authorization: Bearer TOKEN'.");
  }
}
