package dev.usher.grpc;

import dev.usher.auth.AuthProtocol;
import dev.usher.booking.Bookings;
import dev.usher.booking.Reconciliation;
import dev.usher.chat.Chats;
import dev.usher.directory.Directory;
import dev.usher.payment.PaymentProtocol;
import dev.usher.payment.PaymentWebhook;
import dev.usher.replica.ClusterControl;
import dev.usher.replica.MemberControl;
import dev.usher.seats.SeatGroups;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What the edge stands on.
 *
 * @param conversationIds gives a new conversation's id a home, as {@code HomeShards.mint} does
 * @param ready whether this node serves clients: what health says
 * @param nanoTime a clock that never jumps, for deadlines ({@code System::nanoTime})
 * @param random unguessable, for the ids of requests that bring none ({@code SecureRandom})
 */
public record EdgeDependencies(
    SeatGroups seats,
    Directory directory,
    ActorRef<AuthProtocol.Request> auth,
    ActorRef<PaymentProtocol.Request> payments,
    PaymentWebhook paymentWebhook,
    Bookings bookings,
    Reconciliation reconciliation,
    Chats chats,
    UnaryOperator<String> conversationIds,
    ClusterControl cluster,
    MemberControl members,
    BooleanSupplier ready,
    LongSupplier nanoTime,
    RandomGenerator random) {}
