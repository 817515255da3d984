package dev.usher.directory;

import dev.usher.directory.DirectoryView.PaymentMethod;
import dev.usher.directory.proto.AddPaymentMethod;
import dev.usher.directory.proto.DirectoryResult;
import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.directory.proto.PaymentMethodState;
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
  private final Map<String, Integer> countByUser = new HashMap<>();

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
            command.getPaymentMethodId(), userId, command.getBrand(), command.getLast4());
    var there = methods.get(method.paymentMethodId());
    if (there != null) {
      return there.equals(method)
          ? Answers.done()
          : Answers.refused(
              DirectoryReason.PAYMENT_METHOD_EXISTS,
              "This payment method is registered already; enter the card anew.");
    }
    if (countByUser.getOrDefault(userId, 0) >= DirectoryLimits.PAYMENT_METHODS_PER_USER) {
      return Answers.refused(
          DirectoryReason.PAYMENT_METHOD_LIMIT,
          "At most " + DirectoryLimits.PAYMENT_METHODS_PER_USER + " payment methods an account.");
    }
    methods.put(method.paymentMethodId(), method);
    countByUser.merge(userId, 1, Integer::sum);
    return Answers.done();
  }

  private static Optional<DirectoryResult> check(AddPaymentMethod command) {
    if (!LAST4.matcher(command.getLast4()).matches()) {
      return Optional.of(Answers.malformed("last4: four digits are needed"));
    }
    return Answers.checkId("payment_method_id", command.getPaymentMethodId())
        .or(() -> Answers.checkText("brand", command.getBrand(), DirectoryLimits.TEXT_LENGTH));
  }

  Optional<PaymentMethod> find(String paymentMethodId) {
    return Optional.ofNullable(methods.get(paymentMethodId));
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
                            .setLast4(method.last4()))
                    .build());
  }

  void restore(PaymentMethodState state) {
    var method =
        new PaymentMethod(
            state.getPaymentMethodId(), state.getUserId(), state.getBrand(), state.getLast4());
    methods.put(method.paymentMethodId(), method);
    countByUser.merge(method.userId(), 1, Integer::sum);
  }

  void clear() {
    methods.clear();
    countByUser.clear();
  }

  void digest(StateDigest digest) {
    digest.add(methods.size());
    for (var method : methods.values()) {
      digest
          .add(method.paymentMethodId())
          .add(method.userId())
          .add(method.brand())
          .add(method.last4());
    }
  }
}
