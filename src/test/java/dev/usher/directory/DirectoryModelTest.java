package dev.usher.directory;

import static dev.usher.directory.Desk.LIFETIME;
import static dev.usher.directory.Desk.card;
import static dev.usher.directory.Desk.delete;
import static dev.usher.directory.Desk.remove;
import static dev.usher.directory.Desk.session;
import static dev.usher.directory.Desk.token;
import static dev.usher.directory.Desk.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.usher.directory.proto.DirectorySnapshotPiece;
import dev.usher.raft.Bytes;
import dev.usher.replica.Newer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryModelTest {
  private final Desk desk = new Desk();

  @Test
  void anAccountIsFoundByIdAndByAddress() {
    var ann = desk.view().userByEmail("ann@example.org").orElseThrow();

    assertThat(ann.userId()).isEqualTo("ann");
    assertThat(ann.roles()).containsExactly("CUSTOMER");
    assertThat(ann.createTimeMs()).isEqualTo(desk.timeMs());
    assertThat(desk.view().user("ann")).contains(ann);
    assertThat(desk.view().userCount()).isEqualTo(1);
  }

  @Test
  void anAddressHasOneAccount() {
    desk.refused(DirectoryReason.USER_EXISTS, user("bob", "ann@example.org"));
    desk.refused(DirectoryReason.USER_EXISTS, user("ann", "bob@example.org"));

    assertThat(desk.view().userByEmail("bob@example.org")).isEmpty();
    assertThat(desk.view().userCount()).isEqualTo(1);
  }

  @Test
  void theSameAccountAgainIsFine() {
    desk.done(user("ann", "ann@example.org"));

    assertThat(desk.view().userCount()).isEqualTo(1);
  }

  @Test
  void anAccountNeedsAnIdALowerCaseAddressAndAHash() {
    desk.malformedUser(u -> u.setUserId(""));
    desk.malformedUser(u -> u.setEmail(""));
    desk.malformedUser(u -> u.setEmail("Bob@example.org"));
    desk.malformedUser(u -> u.setEmail("b".repeat(255)));
    desk.malformedUser(u -> u.setPasswordHash(""));
    desk.malformedUser(u -> u.setDisplayName("b".repeat(501)));
    desk.malformedUser(u -> u.addRoles("R".repeat(501)));
  }

  @Test
  void aSessionIsFoundByTheHashOfItsTokenUntilItsLifetimeIsOver() {
    desk.done(session("s1", "ann", 1));

    var session = desk.view().session(token(1)).orElseThrow();
    assertThat(session.userId()).isEqualTo("ann");
    assertThat(session.expireTimeMs()).isEqualTo(desk.timeMs() + LIFETIME.toMillis());
    assertThat(desk.model.nextDeadlineMs()).hasValue(session.expireTimeMs());
    desk.pass(LIFETIME.minusMillis(1));
    assertThat(desk.view().session(token(1))).isPresent();
    desk.pass(Duration.ofMillis(1));
    assertThat(desk.view().session(token(1))).isEmpty();
    assertThat(desk.model.nextDeadlineMs()).isEmpty();
  }

  @Test
  void endingASessionTwiceIsEndingItOnce() {
    desk.done(session("s1", "ann", 1));
    desk.done(session("s2", "ann", 2));

    desk.done(delete("s1", "ann"));
    desk.done(delete("s1", "ann"));

    assertThat(desk.view().session(token(1))).isEmpty();
    assertThat(desk.view().session(token(2))).isPresent();
  }

  @Test
  void somebodyElsesSessionIsNotFound() {
    desk.done(session("s1", "ann", 1));

    desk.refused(DirectoryReason.RESOURCE_NOT_FOUND, delete("s1", "bob"));
    assertThat(desk.view().session(token(1))).isPresent();
  }

  @Test
  void theSameSessionAgainIsFineAndAnotherUnderItsIdOrTokenIsRefused() {
    desk.done(session("s1", "ann", 1));

    desk.done(session("s1", "ann", 1));
    desk.refused(DirectoryReason.SESSION_EXISTS, session("s1", "ann", 2));
    desk.refused(DirectoryReason.SESSION_EXISTS, session("s2", "ann", 1));
  }

  @Test
  void aSessionNeedsAnAccountATokenHashAndALifetime() {
    desk.refused(DirectoryReason.RESOURCE_NOT_FOUND, session("s1", "nobody", 1));
    desk.malformedSession(s -> s.setSessionId(""));
    desk.malformedSession(s -> s.setTokenSha256(ByteString.copyFromUtf8("short")));
    desk.malformedSession(s -> s.setAbsoluteLifetimeMillis(0));
    desk.malformedSession(s -> s.setAbsoluteLifetimeMillis(Duration.ofDays(91).toMillis()));
  }

  @Test
  void theHundredAndFirstSessionEndsTheOldest() {
    for (int i = 0; i <= 100; i++) {
      desk.done(session("s" + i, "ann", i));
    }

    assertThat(desk.view().session(token(0))).isEmpty();
    assertThat(desk.view().session(token(1))).isPresent();
    assertThat(desk.view().session(token(100))).isPresent();
  }

  @Test
  void aPaymentMethodIsKeptByBrandAndLastFour() {
    desk.done(card("pm_1", "ann", "4242"));

    assertThat(desk.view().paymentMethod("pm_1"))
        .contains(new DirectoryView.PaymentMethod("pm_1", "ann", "visa", "4242", 11, 2040));
    desk.done(card("pm_1", "ann", "4242"));
    desk.refused(DirectoryReason.PAYMENT_METHOD_EXISTS, card("pm_1", "ann", "0002"));
    desk.refused(DirectoryReason.RESOURCE_NOT_FOUND, card("pm_2", "nobody", "4242"));
    desk.refused(DirectoryReason.MALFORMED_COMMAND, card("pm_3", "ann", "4242424242424242"));
  }

  @Test
  void aUsersPaymentMethodsAreListedByIdAndNobodyElses() {
    desk.done(card("pm_2", "ann", "4242"));
    desk.done(card("pm_1", "ann", "4444"));

    assertThat(desk.view().paymentMethodsOf("ann"))
        .extracting(DirectoryView.PaymentMethod::paymentMethodId)
        .containsExactly("pm_1", "pm_2");
    assertThat(desk.view().paymentMethodsOf("bob")).isEmpty();
  }

  @Test
  void anAccountHasTwentyPaymentMethodsAtMost() {
    for (int i = 0; i < 20; i++) {
      desk.done(card("pm_" + i, "ann", "4242"));
    }

    assertThat(desk.refused(DirectoryReason.PAYMENT_METHOD_LIMIT, card("pm_20", "ann", "4242")))
        .contains("DeletePaymentMethod");
    desk.done(remove("pm_7", "ann"));
    desk.done(card("pm_20", "ann", "4242"));
    desk.refused(DirectoryReason.PAYMENT_METHOD_LIMIT, card("pm_21", "ann", "4242"));
  }

  @Test
  void aRemovedPaymentMethodIsNoMoreAndTheOthersStay() {
    desk.done(card("pm_1.cus_1", "ann", "4242"));
    desk.done(card("pm_2", "ann", "4444"));

    desk.done(remove("pm_1.cus_1", "ann"));

    assertThat(desk.view().paymentMethod("pm_1.cus_1")).isEmpty();
    assertThat(desk.view().ownsPaymentMethod("ann", "pm_1.cus_1")).isFalse();
    assertThat(desk.view().paymentMethodsOf("ann"))
        .extracting(DirectoryView.PaymentMethod::paymentMethodId)
        .containsExactly("pm_2");
    desk.done(card("pm_1.cus_1", "ann", "0002"));
  }

  @Test
  void somebodyElsesPaymentMethodIsNotRemovedAndLooksAsIfThereWereNone() {
    desk.done(user("bob", "bob@example.org"));
    desk.done(card("pm_1", "ann", "4242"));

    var others = desk.refused(DirectoryReason.RESOURCE_NOT_FOUND, remove("pm_1", "bob"));
    desk.done(remove("pm_1", "ann"));

    assertThat(desk.refused(DirectoryReason.RESOURCE_NOT_FOUND, remove("pm_1", "bob")))
        .isEqualTo(others);
    assertThat(desk.refused(DirectoryReason.RESOURCE_NOT_FOUND, remove("pm_1", "ann")))
        .isEqualTo(others);
  }

  @Test
  void bytesThatAreNoCommandAreRefused() {
    var garbage = Bytes.wrap("no command at all".getBytes(StandardCharsets.UTF_8));

    assertThat(desk.raw(garbage).getRefusal().getReason()).isEqualTo("MALFORMED_COMMAND");
    assertThat(desk.raw(Bytes.EMPTY).getRefusal().getReason()).isEqualTo("MALFORMED_COMMAND");
  }

  @Test
  void whatANewerVersionWroteStopsTheNodeInsteadOfBeingRefused() {
    var newer =
        UnknownFieldSet.newBuilder()
            .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    var command = card("pm_3", "ann", "4242");
    command.getAddPaymentMethodBuilder().setUnknownFields(newer);
    var piece = DirectorySnapshotPiece.newBuilder();
    piece.getUserBuilder().setUserId("ann").setUnknownFields(newer);

    assertThatThrownBy(() -> desk.raw(Bytes.wrap(command.build().toByteArray())))
        .isInstanceOf(Newer.NewerVersionException.class);
    assertThatThrownBy(
            () ->
                new DirectoryModel()
                    .restore(List.of(Bytes.wrap(piece.build().toByteArray())).iterator()))
        .isInstanceOf(Newer.NewerVersionException.class);
  }

  @Test
  void replicasOfOneLogHaveOneDigestAndAnyChangeShowsInIt() {
    var other = new DirectoryModel();
    other.advance(1, desk.timeMs());
    other.apply(1, desk.timeMs(), Bytes.wrap(user("ann", "ann@example.org").build().toByteArray()));
    assertThat(other.digest()).isEqualTo(desk.model.digest());

    desk.fail(1);
    other.advance(2, desk.timeMs());
    assertThat(other.digest()).isNotEqualTo(desk.model.digest());
  }

  @Test
  void theDigestTellsARemovedPaymentMethod() {
    var other = new Desk();
    for (var each : List.of(desk, other)) {
      each.done(card("pm_1", "ann", "4242"));
    }
    assertThat(other.model.digest()).isEqualTo(desk.model.digest());

    desk.done(remove("pm_1", "ann"));
    other.refused(DirectoryReason.RESOURCE_NOT_FOUND, remove("pm_2", "ann"));
    assertThat(other.model.digest()).isNotEqualTo(desk.model.digest());
  }
}
