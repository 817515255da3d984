package dev.usher.cli.client;

import com.google.protobuf.Empty;
import dev.usher.api.auth.v1.CreateSessionRequest;
import dev.usher.api.auth.v1.CreateUserRequest;
import dev.usher.api.auth.v1.DeleteSessionRequest;
import dev.usher.api.auth.v1.Session;
import dev.usher.api.auth.v1.User;
import dev.usher.api.booking.v1.Booking;
import dev.usher.api.booking.v1.CancelBookingRequest;
import dev.usher.api.booking.v1.CreateBookingRequest;
import dev.usher.api.booking.v1.CreateHoldRequest;
import dev.usher.api.booking.v1.DeleteHoldRequest;
import dev.usher.api.booking.v1.GetBookingRequest;
import dev.usher.api.booking.v1.Hold;
import dev.usher.api.booking.v1.ListBookingsRequest;
import dev.usher.api.booking.v1.ListBookingsResponse;
import dev.usher.api.booking.v1.ListSeatsRequest;
import dev.usher.api.booking.v1.ListSeatsResponse;
import dev.usher.api.booking.v1.RedeemTicketRequest;
import dev.usher.api.booking.v1.Ticket;
import dev.usher.api.catalog.v1.CreateEventRequest;
import dev.usher.api.catalog.v1.CreateVenueRequest;
import dev.usher.api.catalog.v1.Event;
import dev.usher.api.catalog.v1.GetEventRequest;
import dev.usher.api.catalog.v1.GetVenueRequest;
import dev.usher.api.catalog.v1.ListEventsRequest;
import dev.usher.api.catalog.v1.ListEventsResponse;
import dev.usher.api.catalog.v1.PublishEventRequest;
import dev.usher.api.catalog.v1.Venue;
import dev.usher.api.chatbot.v1.ResetConversationRequest;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.api.cluster.v1.AddMemberRequest;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.DrainMemberRequest;
import dev.usher.api.cluster.v1.ExportSnapshotRequest;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.cluster.v1.PromoteMemberRequest;
import dev.usher.api.cluster.v1.RemoveMemberRequest;
import dev.usher.api.cluster.v1.TransferLeadershipRequest;
import dev.usher.api.cluster.v1.UndrainMemberRequest;
import dev.usher.api.cluster.v1.VerifyConsistencyRequest;
import dev.usher.api.cluster.v1.VerifyConsistencyResponse;
import dev.usher.api.cluster.v1.WatchClusterRequest;
import dev.usher.api.cluster.v1.WatchClusterResponse;
import dev.usher.api.payment.v1.CancelPaymentRequest;
import dev.usher.api.payment.v1.CapturePaymentRequest;
import dev.usher.api.payment.v1.CreatePaymentMethodRequest;
import dev.usher.api.payment.v1.CreatePaymentRequest;
import dev.usher.api.payment.v1.CreateRefundRequest;
import dev.usher.api.payment.v1.DeletePaymentMethodRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsRequest;
import dev.usher.api.payment.v1.ListPaymentMethodsResponse;
import dev.usher.api.payment.v1.ListPaymentsRequest;
import dev.usher.api.payment.v1.ListPaymentsResponse;
import dev.usher.api.payment.v1.Payment;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.api.payment.v1.ReconcilePaymentsRequest;
import dev.usher.api.payment.v1.ReconcilePaymentsResponse;

/** The methods of the API that the command line calls. */
public final class Api {
  private static final String AUTH = "usher.auth.v1.AuthService";
  private static final String CATALOG = "usher.catalog.v1.CatalogService";
  private static final String BOOKING = "usher.booking.v1.BookingService";
  private static final String PAYMENT = "usher.payment.v1.PaymentService";
  private static final String CHATBOT = "usher.chatbot.v1.ChatbotService";
  private static final String CLUSTER = "usher.cluster.v1.ClusterService";

  private Api() {}

  public static final Rpc<CreateUserRequest, User> CREATE_USER =
      Rpc.unary(
          AUTH, "CreateUser", CreateUserRequest.getDefaultInstance(), User.getDefaultInstance());
  public static final Rpc<CreateSessionRequest, Session> CREATE_SESSION =
      Rpc.unary(
          AUTH,
          "CreateSession",
          CreateSessionRequest.getDefaultInstance(),
          Session.getDefaultInstance());
  public static final Rpc<DeleteSessionRequest, Empty> DELETE_SESSION =
      Rpc.unary(
          AUTH,
          "DeleteSession",
          DeleteSessionRequest.getDefaultInstance(),
          Empty.getDefaultInstance());

  public static final Rpc<CreateVenueRequest, Venue> CREATE_VENUE =
      Rpc.unary(
          CATALOG,
          "CreateVenue",
          CreateVenueRequest.getDefaultInstance(),
          Venue.getDefaultInstance());
  public static final Rpc<GetVenueRequest, Venue> GET_VENUE =
      Rpc.unary(
          CATALOG, "GetVenue", GetVenueRequest.getDefaultInstance(), Venue.getDefaultInstance());
  public static final Rpc<CreateEventRequest, Event> CREATE_EVENT =
      Rpc.unary(
          CATALOG,
          "CreateEvent",
          CreateEventRequest.getDefaultInstance(),
          Event.getDefaultInstance());
  public static final Rpc<GetEventRequest, Event> GET_EVENT =
      Rpc.unary(
          CATALOG, "GetEvent", GetEventRequest.getDefaultInstance(), Event.getDefaultInstance());
  public static final Rpc<ListEventsRequest, ListEventsResponse> LIST_EVENTS =
      Rpc.unary(
          CATALOG,
          "ListEvents",
          ListEventsRequest.getDefaultInstance(),
          ListEventsResponse.getDefaultInstance());
  public static final Rpc<PublishEventRequest, Event> PUBLISH_EVENT =
      Rpc.unary(
          CATALOG,
          "PublishEvent",
          PublishEventRequest.getDefaultInstance(),
          Event.getDefaultInstance());

  public static final Rpc<ListSeatsRequest, ListSeatsResponse> LIST_SEATS =
      Rpc.unary(
          BOOKING,
          "ListSeats",
          ListSeatsRequest.getDefaultInstance(),
          ListSeatsResponse.getDefaultInstance());
  public static final Rpc<CreateHoldRequest, Hold> CREATE_HOLD =
      Rpc.unary(
          BOOKING, "CreateHold", CreateHoldRequest.getDefaultInstance(), Hold.getDefaultInstance());
  public static final Rpc<DeleteHoldRequest, Empty> DELETE_HOLD =
      Rpc.unary(
          BOOKING,
          "DeleteHold",
          DeleteHoldRequest.getDefaultInstance(),
          Empty.getDefaultInstance());
  public static final Rpc<CreateBookingRequest, Booking> CREATE_BOOKING =
      Rpc.unary(
          BOOKING,
          "CreateBooking",
          CreateBookingRequest.getDefaultInstance(),
          Booking.getDefaultInstance());
  public static final Rpc<GetBookingRequest, Booking> GET_BOOKING =
      Rpc.unary(
          BOOKING,
          "GetBooking",
          GetBookingRequest.getDefaultInstance(),
          Booking.getDefaultInstance());
  public static final Rpc<ListBookingsRequest, ListBookingsResponse> LIST_BOOKINGS =
      Rpc.unary(
          BOOKING,
          "ListBookings",
          ListBookingsRequest.getDefaultInstance(),
          ListBookingsResponse.getDefaultInstance());
  public static final Rpc<CancelBookingRequest, Booking> CANCEL_BOOKING =
      Rpc.unary(
          BOOKING,
          "CancelBooking",
          CancelBookingRequest.getDefaultInstance(),
          Booking.getDefaultInstance());

  public static final Rpc<RedeemTicketRequest, Ticket> REDEEM_TICKET =
      Rpc.unary(
          BOOKING,
          "RedeemTicket",
          RedeemTicketRequest.getDefaultInstance(),
          Ticket.getDefaultInstance());

  public static final Rpc<CreatePaymentMethodRequest, PaymentMethod> CREATE_PAYMENT_METHOD =
      Rpc.unary(
          PAYMENT,
          "CreatePaymentMethod",
          CreatePaymentMethodRequest.getDefaultInstance(),
          PaymentMethod.getDefaultInstance());
  public static final Rpc<ListPaymentMethodsRequest, ListPaymentMethodsResponse>
      LIST_PAYMENT_METHODS =
          Rpc.unary(
              PAYMENT,
              "ListPaymentMethods",
              ListPaymentMethodsRequest.getDefaultInstance(),
              ListPaymentMethodsResponse.getDefaultInstance());
  public static final Rpc<DeletePaymentMethodRequest, Empty> DELETE_PAYMENT_METHOD =
      Rpc.unary(
          PAYMENT,
          "DeletePaymentMethod",
          DeletePaymentMethodRequest.getDefaultInstance(),
          Empty.getDefaultInstance());
  public static final Rpc<CreatePaymentRequest, Payment> CREATE_PAYMENT =
      Rpc.unary(
          PAYMENT,
          "CreatePayment",
          CreatePaymentRequest.getDefaultInstance(),
          Payment.getDefaultInstance());
  public static final Rpc<CapturePaymentRequest, Payment> CAPTURE_PAYMENT =
      Rpc.unary(
          PAYMENT,
          "CapturePayment",
          CapturePaymentRequest.getDefaultInstance(),
          Payment.getDefaultInstance());
  public static final Rpc<CancelPaymentRequest, Payment> CANCEL_PAYMENT =
      Rpc.unary(
          PAYMENT,
          "CancelPayment",
          CancelPaymentRequest.getDefaultInstance(),
          Payment.getDefaultInstance());
  public static final Rpc<CreateRefundRequest, Payment> CREATE_REFUND =
      Rpc.unary(
          PAYMENT,
          "CreateRefund",
          CreateRefundRequest.getDefaultInstance(),
          Payment.getDefaultInstance());
  public static final Rpc<ReconcilePaymentsRequest, ReconcilePaymentsResponse> RECONCILE_PAYMENTS =
      Rpc.unary(
          PAYMENT,
          "ReconcilePayments",
          ReconcilePaymentsRequest.getDefaultInstance(),
          ReconcilePaymentsResponse.getDefaultInstance());
  public static final Rpc<ListPaymentsRequest, ListPaymentsResponse> LIST_PAYMENTS =
      Rpc.unary(
          PAYMENT,
          "ListPayments",
          ListPaymentsRequest.getDefaultInstance(),
          ListPaymentsResponse.getDefaultInstance());

  public static final Rpc<SendMessageRequest, SendMessageResponse> SEND_MESSAGE =
      Rpc.unary(
          CHATBOT,
          "SendMessage",
          SendMessageRequest.getDefaultInstance(),
          SendMessageResponse.getDefaultInstance());

  public static final Rpc<ResetConversationRequest, Empty> RESET_CONVERSATION =
      Rpc.unary(
          CHATBOT,
          "ResetConversation",
          ResetConversationRequest.getDefaultInstance(),
          Empty.getDefaultInstance());

  public static final Rpc<GetClusterStatusRequest, ClusterStatus> GET_CLUSTER_STATUS =
      Rpc.unary(
          CLUSTER,
          "GetClusterStatus",
          GetClusterStatusRequest.getDefaultInstance(),
          ClusterStatus.getDefaultInstance());
  public static final Rpc<ExportSnapshotRequest, ExportSnapshotResponse> EXPORT_SNAPSHOT =
      Rpc.streaming(
          CLUSTER,
          "ExportSnapshot",
          ExportSnapshotRequest.getDefaultInstance(),
          ExportSnapshotResponse.getDefaultInstance());
  public static final Rpc<VerifyConsistencyRequest, VerifyConsistencyResponse> VERIFY_CONSISTENCY =
      Rpc.unary(
          CLUSTER,
          "VerifyConsistency",
          VerifyConsistencyRequest.getDefaultInstance(),
          VerifyConsistencyResponse.getDefaultInstance());
  public static final Rpc<WatchClusterRequest, WatchClusterResponse> WATCH_CLUSTER =
      Rpc.streaming(
          CLUSTER,
          "WatchCluster",
          WatchClusterRequest.getDefaultInstance(),
          WatchClusterResponse.getDefaultInstance());
  public static final Rpc<TransferLeadershipRequest, ClusterStatus> TRANSFER_LEADERSHIP =
      Rpc.unary(
          CLUSTER,
          "TransferLeadership",
          TransferLeadershipRequest.getDefaultInstance(),
          ClusterStatus.getDefaultInstance());
  public static final Rpc<AddMemberRequest, ClusterStatus> ADD_MEMBER =
      Rpc.unary(
          CLUSTER,
          "AddMember",
          AddMemberRequest.getDefaultInstance(),
          ClusterStatus.getDefaultInstance());
  public static final Rpc<PromoteMemberRequest, ClusterStatus> PROMOTE_MEMBER =
      Rpc.unary(
          CLUSTER,
          "PromoteMember",
          PromoteMemberRequest.getDefaultInstance(),
          ClusterStatus.getDefaultInstance());
  public static final Rpc<RemoveMemberRequest, ClusterStatus> REMOVE_MEMBER =
      Rpc.unary(
          CLUSTER,
          "RemoveMember",
          RemoveMemberRequest.getDefaultInstance(),
          ClusterStatus.getDefaultInstance());
  public static final Rpc<DrainMemberRequest, ClusterStatus> DRAIN_MEMBER =
      Rpc.unary(
          CLUSTER,
          "DrainMember",
          DrainMemberRequest.getDefaultInstance(),
          ClusterStatus.getDefaultInstance());
  public static final Rpc<UndrainMemberRequest, ClusterStatus> UNDRAIN_MEMBER =
      Rpc.unary(
          CLUSTER,
          "UndrainMember",
          UndrainMemberRequest.getDefaultInstance(),
          ClusterStatus.getDefaultInstance());
}
