package dev.usher.directory;

import dev.usher.directory.DirectoryView.PaymentMethod;
import dev.usher.directory.proto.AddPaymentMethod;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.directory.proto.PaymentMethodState;
import dev.usher.directory.proto.RemovePaymentMethod;
import dev.usher.replica.StateDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tokens of cards, with what a person recognizes them by; never a card number. */
final class PaymentMethods {
  private static final Pattern LAST4 = Pattern.compile("[0-9]{4}");

  private final Accounts accounts;
  private final TreeMap<String, PaymentMethod> methods = new TreeMap<>();
  private final Map<String, TreeMap<String, PaymentMethod>> byUser = new HashMap<>();

  PaymentMethods(Accounts accounts) {
    this.accounts = accounts;
  }

  DirectoryResult add(AddPaymentMethod command) {
    var problem = check(command);
    if (problem.isPresent()) {
      return problem.get();
    }
    var userId = command.getUserId();
    if (accounts.find(userId).isEmpty()) {
      return Answers.noUser(userId);
    }
    var method =
        new PaymentMethod(
            command.getPaymentMethodId(),
            userId,
            command.getBrand(),
            command.getLast4(),
            command.getExpMonth(),
            command.getExpYear());
    var there = methods.get(method.paymentMethodId());
    if (there != null) {
      return there.equals(method)
          ? Answers.done()
          : Answers.refused(
              DirectoryReason.PAYMENT_METHOD_EXISTS,
              "This payment method is registered already; enter the card anew.");
    }
    if (of(userId).size() >= DirectoryLimits.PAYMENT_METHODS_PER_USER) {
      return Answers.refused(
          DirectoryReason.PAYMENT_METHOD_LIMIT,
          "At most "
              + DirectoryLimits.PAYMENT_METHODS_PER_USER
              + " payment methods an account; delete one of them (DeletePaymentMethod), or pay with"
              + " one.");
    }
    put(method);
    return Answers.done();
  }

  /** Only the owner learns whether there is, or was, such a payment method. */
  DirectoryResult remove(RemovePaymentMethod command) {
    var id = command.getPaymentMethodId();
    var method = methods.get(id);
    if (method == null || !method.userId().equals(command.getUserId())) {
      return Answers.refused(
          DirectoryReason.RESOURCE_NOT_FOUND, "There is no paymentMethods/" + id + ".");
    }
    methods.remove(id);
    byUser.computeIfPresent(
        method.userId(),
        (userId, own) -> {
          own.remove(id);
          return own.isEmpty() ? null : own;
        });
    return Answers.done();
  }

  private void put(PaymentMethod method) {
    methods.put(method.paymentMethodId(), method);
    byUser
        .computeIfAbsent(method.userId(), user -> new TreeMap<>())
        .put(method.paymentMethodId(), method);
  }

  private static Optional<DirectoryResult> check(AddPaymentMethod command) {
    if (!LAST4.matcher(command.getLast4()).matches()) {
      return Optional.of(Answers.malformed("last4: four digits are needed"));
    }
    if (command.getExpMonth() < 0 || command.getExpMonth() > 12 || command.getExpYear() < 0) {
      return Optional.of(Answers.malformed("exp_month: 1 to 12, or 0 when it is not known"));
    }
    return Answers.checkId("payment_method_id", command.getPaymentMethodId())
        .or(() -> Answers.checkText("brand", command.getBrand(), DirectoryLimits.TEXT_LENGTH));
  }

  Optional<PaymentMethod> find(String paymentMethodId) {
    return Optional.ofNullable(methods.get(paymentMethodId));
  }

  /** By id. */
  List<PaymentMethod> of(String userId) {
    var own = byUser.get(userId);
    return own == null ? List.of() : List.copyOf(own.values());
  }

  Stream<DirectorySnapshotPiece> snapshot() {
    return List.copyOf(methods.values()).stream()
        .map(
            method ->
                DirectorySnapshotPiece.newBuilder()
                    .setPaymentMethod(
                        PaymentMethodState.newBuilder()
                            .setPaymentMethodId(method.paymentMethodId())
                            .setUserId(method.userId())
                            .setBrand(method.brand())
                            .setLast4(method.last4())
                            .setExpMonth(method.expMonth())
                            .setExpYear(method.expYear()))
                    .build());
  }

  void restore(PaymentMethodState state) {
    put(
        new PaymentMethod(
            state.getPaymentMethodId(),
            state.getUserId(),
            state.getBrand(),
            state.getLast4(),
            state.getExpMonth(),
            state.getExpYear()));
  }

  void clear() {
    methods.clear();
    byUser.clear();
  }

  void digest(StateDigest digest) {
    digest.add(methods.size());
    for (var method : methods.values()) {
      digest
          .add(method.paymentMethodId())
          .add(method.userId())
          .add(method.brand())
          .add(method.last4())
          .add(method.expMonth())
          .add(method.expYear());
    }
  }
}
