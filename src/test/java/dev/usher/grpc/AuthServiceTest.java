package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.usher.api.auth.v1.AuthService;
import dev.usher.api.auth.v1.CreateSessionRequest;
import dev.usher.api.auth.v1.CreateUserRequest;
import dev.usher.api.auth.v1.DeleteSessionRequest;
import dev.usher.api.auth.v1.GetUserRequest;
import dev.usher.api.auth.v1.Role;
import dev.usher.api.auth.v1.Session;
import dev.usher.api.auth.v1.User;
import dev.usher.auth.AuthActor;
import dev.usher.auth.AuthSettings;
import dev.usher.auth.PasswordHasher;
import dev.usher.directory.Directory;
import io.grpc.Status.Code;
import java.security.SecureRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts and sessions, with the real AuthActor behind the edge. */
class AuthServiceTest {
  private static final String SERVICE = AuthService.name + "/";
  private static final String PASSWORD = "correct horse battery";

  private static House house;
  private static TestClient client;

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
    var random = new SecureRandom();
    var hasher = new PasswordHasher(ForkJoinPool.commonPool(), 16, random);
    var auth =
        house.kit.spawn(
            AuthActor.create(new Directory(house.system), hasher, random, AuthSettings.DEFAULT));
    client = new TestClient(house.bind(auth).address());
  }

  @AfterAll
  static void close() {
    client.close();
    house.close();
  }

  @Test
  void somebodySignsUpLogsInAndLogsOut() {
    var user = signUp("ada@example.org");
    assertThat(user.getRolesList()).containsExactly(Role.ROLE_CUSTOMER);
    var session = logIn("ada@example.org");
    var me = GetUserRequest.newBuilder().setName("users/me").build();
    assertThat(client.call(SERVICE + "GetUser", me, User.getDefaultInstance(), session.getToken()))
        .isEqualTo(user);
    client.call(
        SERVICE + "DeleteSession",
        DeleteSessionRequest.newBuilder().setName("users/me/sessions/current").build(),
        Empty.getDefaultInstance(),
        session.getToken());
    assertThat(client.refused(SERVICE + "GetUser", me, session.getToken()).code())
        .isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void anotherPersonsAccountDoesNotExist() {
    var other = signUp("bea@example.org");
    signUp("cleo@example.org");
    var request = GetUserRequest.newBuilder().setName(other.getName()).build();
    var error = client.refused(SERVICE + "GetUser", request, logIn("cleo@example.org").getToken());
    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void anAddressHasOneAccount() {
    signUp("dora@example.org");
    var error = client.refused(SERVICE + "CreateUser", request("dora@example.org").build(), "");
    assertThat(error.code()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(error.reason()).isEqualTo("USER_EXISTS");
  }

  @Test
  void twoPeopleMayChooseTheSameRequestId() {
    var first = request("eve@example.org").setRequestId("1").build();
    var second = request("fay@example.org").setRequestId("1").build();
    var eve = client.call(SERVICE + "CreateUser", first, User.getDefaultInstance(), "");
    var fay = client.call(SERVICE + "CreateUser", second, User.getDefaultInstance(), "");
    assertThat(eve.getName()).isNotEqualTo(fay.getName());
    assertThat(client.call(SERVICE + "CreateUser", first, User.getDefaultInstance(), ""))
        .isEqualTo(eve);
  }

  @Test
  void aWeakPasswordIsAViolationThatDoesNotSayIt() {
    var error =
        client.refused(
            SERVICE + "CreateUser", request("gil@example.org").setPassword("hunter2").build(), "");
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.fields()).containsExactly("password");
    assertThat(error.toString()).doesNotContain("hunter2");
  }

  @Test
  void aWrongPasswordIsUnauthenticated() {
    signUp("hal@example.org");
    var error =
        client.refused(
            SERVICE + "CreateSession",
            CreateSessionRequest.newBuilder()
                .setEmail("hal@example.org")
                .setPassword("not the password")
                .build(),
            "");
    assertThat(error.code()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(error.reason()).isEqualTo("CREDENTIALS_INVALID");
  }

  @Test
  void onlyAnOperatorMayGiveOtherRoles() {
    var request = request("ida@example.org");
    request.getUserBuilder().addRoles(Role.ROLE_ORGANIZER);
    var error = client.refused(SERVICE + "CreateUser", request.build(), "");
    assertThat(error.code()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(error.reason()).isEqualTo("ROLE_REQUIRED");
    var made =
        house.client.call(
            SERVICE + "CreateUser", request.build(), User.getDefaultInstance(), TestAuth.OPERATOR);
    assertThat(made.getRolesList()).containsExactly(Role.ROLE_ORGANIZER);
  }

  @Test
  void aThrottledLoginSaysWhenToTryAgain() {
    var error =
        house.client.refused(
            SERVICE + "CreateSession",
            CreateSessionRequest.newBuilder().setEmail("x@example.org").setPassword("y").build(),
            "");
    assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(error.reason()).isEqualTo("LOGIN_THROTTLED");
    assertThat(error.mayBeRetried()).isTrue();
  }

  private static User signUp(String email) {
    return client.call(
        SERVICE + "CreateUser", request(email).build(), User.getDefaultInstance(), "");
  }

  private static Session logIn(String email) {
    return client.call(
        SERVICE + "CreateSession",
        CreateSessionRequest.newBuilder().setEmail(email).setPassword(PASSWORD).build(),
        Session.getDefaultInstance(),
        "");
  }

  private static CreateUserRequest.Builder request(String email) {
    return CreateUserRequest.newBuilder()
        .setUser(User.newBuilder().setEmail(email).setDisplayName("Somebody"))
        .setPassword(PASSWORD);
  }
}
