package dev.usher.grpc;

import static dev.usher.auth.Role.AUDITOR;
import static dev.usher.auth.Role.BOX_OFFICE;
import static dev.usher.auth.Role.CUSTOMER;
import static dev.usher.auth.Role.FINANCE;
import static dev.usher.auth.Role.GATE;
import static dev.usher.auth.Role.OPERATOR;
import static dev.usher.auth.Role.ORGANIZER;

import dev.usher.api.auth.v1.AuthService;
import dev.usher.api.booking.v1.BookingService;
import dev.usher.api.catalog.v1.CatalogService;
import dev.usher.api.chatbot.v1.ChatbotService;
import dev.usher.api.cluster.v1.ClusterService;
import dev.usher.api.health.v1.Health;
import dev.usher.api.payment.v1.PaymentService;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of methods and the roles that may call them. What is not in it is denied: the edge
 * answers such a call before any service sees it. Server reflection is Pekko's own service and the
 * only one that is served without being listed here.
 */
final class MethodRoles {
  private static final Access ANYBODY = new Access.Anybody();

  /** Organizers see drafts; this node's copy of the session is enough for reading. */
  private static final Access READERS = new Access.AnybodyWithMoreForSome(false);

  /** The saga or the conversation behind these validates the session itself, linearizably. */
  private static final Access VALIDATED_LATER = new Access.Only(Set.of(CUSTOMER), false);

  private static final Map<String, Access> TABLE =
      Map.ofEntries(
          Map.entry(AuthService.name + "/CreateUser", new Access.AnybodyWithMoreForSome(true)),
          Map.entry(AuthService.name + "/GetUser", Access.anyRole()),
          Map.entry(AuthService.name + "/CreateSession", ANYBODY),
          Map.entry(AuthService.name + "/DeleteSession", Access.anyRole()),
          Map.entry(CatalogService.name + "/CreateVenue", Access.only(ORGANIZER)),
          Map.entry(CatalogService.name + "/GetVenue", ANYBODY),
          Map.entry(CatalogService.name + "/ListVenues", ANYBODY),
          Map.entry(CatalogService.name + "/CreateEvent", Access.only(ORGANIZER)),
          Map.entry(CatalogService.name + "/GetEvent", READERS),
          Map.entry(CatalogService.name + "/ListEvents", READERS),
          Map.entry(CatalogService.name + "/PublishEvent", Access.only(ORGANIZER)),
          Map.entry(BookingService.name + "/ListSeats", READERS),
          Map.entry(BookingService.name + "/WatchSeats", READERS),
          Map.entry(BookingService.name + "/CreateHold", Access.only(CUSTOMER)),
          Map.entry(BookingService.name + "/GetHold", Access.only(CUSTOMER)),
          Map.entry(BookingService.name + "/DeleteHold", Access.only(CUSTOMER)),
          Map.entry(BookingService.name + "/CreateBooking", VALIDATED_LATER),
          Map.entry(BookingService.name + "/GetBooking", Access.only(CUSTOMER)),
          Map.entry(BookingService.name + "/ListBookings", Access.only(CUSTOMER)),
          Map.entry(BookingService.name + "/CancelBooking", VALIDATED_LATER),
          Map.entry(BookingService.name + "/RedeemTicket", Access.only(GATE, BOX_OFFICE)),
          Map.entry(
              PaymentService.name + "/CreatePaymentMethod",
              Access.only(CUSTOMER, FINANCE, OPERATOR)),
          Map.entry(
              PaymentService.name + "/ListPaymentMethods",
              Access.only(CUSTOMER, FINANCE, OPERATOR)),
          Map.entry(
              PaymentService.name + "/DeletePaymentMethod",
              Access.only(CUSTOMER, FINANCE, OPERATOR)),
          Map.entry(PaymentService.name + "/CreatePayment", Access.only(FINANCE, OPERATOR)),
          Map.entry(PaymentService.name + "/GetPayment", Access.only(CUSTOMER, FINANCE)),
          Map.entry(PaymentService.name + "/ListPayments", Access.only(CUSTOMER, FINANCE)),
          Map.entry(PaymentService.name + "/CapturePayment", Access.only(FINANCE, OPERATOR)),
          Map.entry(PaymentService.name + "/CancelPayment", Access.only(FINANCE, OPERATOR)),
          Map.entry(PaymentService.name + "/CreateRefund", Access.only(FINANCE, OPERATOR)),
          Map.entry(PaymentService.name + "/ReconcilePayments", Access.only(FINANCE, OPERATOR)),
          Map.entry(ChatbotService.name + "/SendMessage", Access.only(CUSTOMER)),
          Map.entry(ChatbotService.name + "/ListIntents", ANYBODY),
          Map.entry(ChatbotService.name + "/ResetConversation", Access.only(CUSTOMER)),
          Map.entry(ClusterService.name + "/GetClusterStatus", Access.only(OPERATOR, AUDITOR)),
          Map.entry(ClusterService.name + "/ExportSnapshot", Access.only(OPERATOR)),
          Map.entry(ClusterService.name + "/VerifyConsistency", Access.only(OPERATOR)),
          Map.entry(ClusterService.name + "/WatchCluster", Access.only(OPERATOR, AUDITOR)),
          Map.entry(ClusterService.name + "/TransferLeadership", Access.only(OPERATOR)),
          Map.entry(ClusterService.name + "/AddMember", Access.only(OPERATOR)),
          Map.entry(ClusterService.name + "/PromoteMember", Access.only(OPERATOR)),
          Map.entry(ClusterService.name + "/RemoveMember", Access.only(OPERATOR)),
          Map.entry(ClusterService.name + "/DrainMember", Access.only(OPERATOR)),
          Map.entry(ClusterService.name + "/UndrainMember", Access.only(OPERATOR)),
          Map.entry(Health.name + "/Check", ANYBODY),
          Map.entry(Health.name + "/Watch", ANYBODY));

  private MethodRoles() {}

  /**
   * Who may call a method; empty: nobody.
   *
   * @param method full name, {@code package.Service/Method}
   */
  static Optional<Access> of(String method) {
    return Optional.ofNullable(TABLE.get(method));
  }

  static Set<String> methods() {
    return TABLE.keySet();
  }
}
