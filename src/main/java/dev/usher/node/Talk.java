package dev.usher.node;

import dev.usher.booking.Bookings;
import dev.usher.chat.Chats;
import dev.usher.directory.Directory;
import dev.usher.node.membership.ClusteredSystem;
import dev.usher.seats.SeatGroups;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

final class Talk {
  Talk(
      NodeSettings s,
      SeatGroups seats,
      Bookings b,
      ClusteredSystem c,
      Directory d,
      ActorSystem<?> a) {}

  Chats chats() {
    return new Chats() {
      @Override
      public CompletionStage<Reply> send(Turn turn, Duration timeout) {
        return CompletableFuture.failedFuture(new IllegalStateException("not wired"));
      }

      @Override
      public List<Intent> intents() {
        return List.of();
      }
    };
  }

  String mint(String rest) {
    return rest;
  }
}
