package dev.usher.grpc;

import dev.usher.api.payment.v1.Payment;
import dev.usher.api.payment.v1.PaymentMethod;
import dev.usher.directory.DirectoryView;
import dev.usher.payment.PaymentProvider;
import java.util.Map;

/** Payments on the wire. */
final class PaymentMessages {
  private PaymentMessages() {}

  static Payment of(PaymentProvider.Payment payment) {
    var currency = payment.currency();
    return Payment.newBuilder()
        .setName(ResourceNames.payment(payment.paymentId()))
        .setState(
            switch (payment.state()) {
              case REQUIRES_ACTION -> Payment.State.STATE_REQUIRES_ACTION;
              case DECLINED -> Payment.State.STATE_DECLINED;
              case AUTHORIZED -> Payment.State.STATE_AUTHORIZED;
              case CAPTURED -> Payment.State.STATE_CAPTURED;
              case VOIDED -> Payment.State.STATE_VOIDED;
              case REFUNDED -> Payment.State.STATE_REFUNDED;
            })
        .setUser(ResourceNames.user(payment.userId()))
        .setBooking(payment.booking())
        .setAmount(Monies.of(payment.amountMinor(), currency))
        .setCaptured(Monies.of(payment.capturedMinor(), currency))
        .setRefunded(Monies.of(payment.refundedMinor(), currency))
        .setCreateTime(Requests.timestamp(payment.createTimeMs()))
        .setNextActionUri(payment.nextActionUri().orElse(""))
        .setDeclineCode(payment.declineCode().orElse(""))
        .build();
  }

  static PaymentMethod of(DirectoryView.PaymentMethod method) {
    return PaymentMethod.newBuilder()
        .setName(ResourceNames.paymentMethod(method.paymentMethodId()))
        .setBrand(method.brand())
        .setLast4(method.last4())
        .setExpMonth(method.expMonth())
        .setExpYear(method.expYear())
        .build();
  }

  static CallException declined(PaymentProvider.Declined no) {
    return Errors.of(
        Reason.PAYMENT_DECLINED, no.message(), Map.of("declineCode", no.declineCode()));
  }
}
