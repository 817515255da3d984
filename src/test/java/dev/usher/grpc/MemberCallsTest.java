package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.usher.api.cluster.v1.AddMemberRequest;
import dev.usher.api.cluster.v1.ClusterService;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.DrainMemberRequest;
import dev.usher.api.cluster.v1.PromoteMemberRequest;
import dev.usher.api.cluster.v1.RemoveMemberRequest;
import dev.usher.api.cluster.v1.UndrainMemberRequest;
import io.grpc.Status.Code;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the calls that change the members answer. */
class MemberCallsTest {
  private static House house;

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Promote", "Remove", "Drain", "Undrain"})
  void whatWasDoneIsAnsweredWithTheStatus(String verb) {
    var status =
        house.client.call(
            method(verb),
            request(verb, "nodes/node-4"),
            ClusterStatus.getDefaultInstance(),
            TestAuth.OPERATOR);
    assertThat(status.getNodesList()).hasSize(3);
    assertThat(status.getGroupsList()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Promote", "Remove", "Drain", "Undrain"})
  void onlyOperatorsMay(String verb) {
    assertThat(
            house
                .client
                .refused(method(verb), request(verb, "nodes/node-4"), TestAuth.ALICE)
                .code())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @ParameterizedTest
  @CsvSource({
    "nodes/last-voter, FAILED_PRECONDITION, MEMBER_NOT_POSSIBLE, Last-voter is the last voter.",
    "nodes/slow, UNAVAILABLE, MEMBER_NOT_YET, Slow still lacks too much of the log.",
    "nodes/stranger, NOT_FOUND, RESOURCE_NOT_FOUND, There is no nodes/stranger.",
  })
  void whatIsNotDoneIsAnsweredWithASentence(String node, Code code, String reason, String words) {
    var error = house.client.refused(method("Remove"), request("Remove", node), TestAuth.OPERATOR);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.reason()).isEqualTo(reason);
    assertThat(error.message()).isEqualTo(words);
  }

  @Test
  void everyFaultOfARequestIsToldAtOnce() {
    var request =
        AddMemberRequest.newBuilder()
            .setName("node-4")
            .setPeerAddress("nowhere")
            .setRequestId("x".repeat(200))
            .build();
    assertThat(house.client.refused(method("Add"), request, TestAuth.OPERATOR).fields())
        .containsExactlyInAnyOrder("name", "peer_address", "request_id");
  }

  private static String method(String verb) {
    return ClusterService.name + "/" + verb + "Member";
  }

  private static Message request(String verb, String node) {
    return switch (verb) {
      case "Add" ->
          AddMemberRequest.newBuilder().setName(node).setPeerAddress("10.0.0.4:7201").build();
      case "Promote" -> PromoteMemberRequest.newBuilder().setName(node).build();
      case "Remove" -> RemoveMemberRequest.newBuilder().setName(node).build();
      case "Drain" -> DrainMemberRequest.newBuilder().setName(node).build();
      default -> UndrainMemberRequest.newBuilder().setName(node).build();
    };
  }
}
