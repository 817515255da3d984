package dev.usher.booking;

import dev.usher.auth.AuthProtocol.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.Passivate;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;

/**
 * A node where bookings are asked for: one shard with its desks, as Pekko's shards are: a desk that
 * asks to be passivated is, and no message goes to it afterwards (guarded by {@code desks}).
 */
final class SagaNode implements Bookings {
  private final House house;
  private final Map<String, ActorRef<BookingDesk.Command>> desks = new ConcurrentHashMap<>();
  private final ActorRef<ShardCommand> shard;

  SagaNode(House house) {
    this.house = house;
    this.shard = house.sagas.spawn(shard());
  }

  private Behavior<ShardCommand> shard() {
    return Behaviors.receive(ShardCommand.class)
        .onMessage(
            Passivate.class,
            passivate -> {
              @SuppressWarnings("unchecked")
              var desk = (ActorRef<BookingDesk.Command>) passivate.entity();
              synchronized (desks) {
                desks.values().remove(desk);
                desk.tell(new BookingDesk.Stop());
              }
              return Behaviors.same();
            })
        .build();
  }

  ActorRef<BookingDesk.Command> desk(Order order) {
    return desk(Ids.bookingId(order.userId(), order.requestId()));
  }

  /** The saga's node dies: nothing of it goes on. */
  void die() {
    desks.values().forEach(house.sagas::stop);
    desks.clear();
  }

  /** As the sweep does. */
  void wake(String bookingId) {
    synchronized (desks) {
      desk(bookingId).tell(new BookingDesk.Wake());
    }
  }

  ActorRef<BookingDesk.Command> desk(String bookingId) {
    return desks.computeIfAbsent(
        bookingId, id -> house.sagas.spawn(BookingDesk.create(shard, id, house.share)));
  }

  @Override
  public CompletionStage<Result> book(Order order, Duration timeout) {
    synchronized (desks) {
      return AskPattern.ask(
          desk(order),
          to -> new BookingDesk.Book(order, timeout, to),
          House.PATIENCE.multipliedBy(2),
          house.kit.scheduler());
    }
  }

  Result book(Order order) {
    return House.await(book(order, House.PATIENCE));
  }

  List<Result> bookAll(List<Order> orders) {
    var results =
        orders.stream().map(order -> book(order, House.PATIENCE).toCompletableFuture()).toList();
    House.await(CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)));
    return results.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public CompletionStage<Result> cancel(Cancellation cancellation, Duration timeout) {
    return house.share.cancellations().cancel(cancellation, timeout);
  }

  Result cancel(String name, String requestId) {
    return House.await(
        cancel(
            new Cancellation(
                new Secret("token-" + name),
                name,
                "cancel-1",
                House.EVENT,
                Ids.bookingId(name, requestId)),
            House.PATIENCE));
  }
}
