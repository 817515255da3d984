package dev.usher.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.usher.directory.Directory;
import dev.usher.directory.DirectoryOutcome;
import dev.usher.directory.proto.AddPaymentMethod;
import dev.usher.directory.proto.CreateSession;
import dev.usher.directory.proto.CreateUser;
import dev.usher.directory.proto.DirectoryCommand;
import dev.usher.raft.Bytes;
import dev.usher.replica.LocalReplica;
import dev.usher.seats.SeatGroups;
import dev.usher.seats.SeatOutcome;
import dev.usher.seats.proto.CategoryPrice;
import dev.usher.seats.proto.CreateEvent;
import dev.usher.seats.proto.Plan;
import dev.usher.seats.proto.PlanSeat;
import dev.usher.seats.proto.PublishEvent;
import dev.usher.seats.proto.SeatCommand;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * What is there before the first buyer comes. Event "show": a-1 to a-5 at 2500, f-1 for nothing.
 */
final class Stage {
  static final String EVENT = "show";
  static final long PRICE = 2500;
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private Stage() {}

  static void openSale(SeatGroups seats) {
    var plan = Plan.newBuilder().addCategories("A").addCategories("Free");
    for (var id : List.of("a-1", "a-2", "a-3", "a-4", "a-5")) {
      plan.addSeats(PlanSeat.newBuilder().setSeatId(id).setRow("a").setCategory("A"));
    }
    plan.addSeats(PlanSeat.newBuilder().setSeatId("f-1").setRow("f").setCategory("Free"));
    var event =
        CreateEvent.newBuilder()
            .setEventId(EVENT)
            .setDisplayName("Show")
            .setVenueId("hall")
            .setVenueDisplayName("Hall")
            .setStartTimeMillis(LocalReplica.START_MS + 86_400_000)
            .setCurrency("EUR")
            .addPrices(CategoryPrice.newBuilder().setCategory("A").setPriceMinor(PRICE))
            .addPrices(CategoryPrice.newBuilder().setCategory("Free").setPriceMinor(0))
            .setSeatLimitPerBooking(4)
            .setPlan(plan);
    propose(seats, "create", SeatCommand.newBuilder().setCreateEvent(event).build());
    propose(
        seats,
        "publish",
        SeatCommand.newBuilder()
            .setPublishEvent(PublishEvent.newBuilder().setEventId(EVENT))
            .build());
  }

  static void propose(SeatGroups seats, String key, SeatCommand command) {
    assertThat(await(seats.propose(key, command, PATIENCE)))
        .isInstanceOf(SeatOutcome.Applied.class);
  }

  /** An account with a session "token-NAME". */
  static void user(Directory directory, String name) {
    enter(
        directory,
        DirectoryCommand.newBuilder()
            .setCreateUser(
                CreateUser.newBuilder()
                    .setUserId(name)
                    .setEmail(name + "@example.org")
                    .setDisplayName(name)
                    .setPasswordHash("$argon2id$not-used-here")
                    .addRoles("CUSTOMER"))
            .build());
    enter(
        directory,
        DirectoryCommand.newBuilder()
            .setCreateSession(
                CreateSession.newBuilder()
                    .setSessionId("session-" + name)
                    .setUserId(name)
                    .setTokenSha256(ByteString.copyFrom(digest("token-" + name).unsafeArray()))
                    .setAbsoluteLifetimeMillis(3_600_000))
            .build());
  }

  static void card(Directory directory, String name, String paymentMethodId) {
    enter(
        directory,
        DirectoryCommand.newBuilder()
            .setAddPaymentMethod(
                AddPaymentMethod.newBuilder()
                    .setUserId(name)
                    .setPaymentMethodId(paymentMethodId)
                    .setBrand("visa")
                    .setLast4("4242"))
            .build());
  }

  private static Bytes digest(String token) {
    try {
      return Bytes.wrap(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void enter(Directory directory, DirectoryCommand command) {
    assertThat(await(directory.propose("", Bytes.EMPTY, command, PATIENCE)))
        .isInstanceOf(DirectoryOutcome.Applied.class);
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer in time", e);
    }
  }
}
