package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.Empty;
import dev.usher.api.chatbot.v1.ChatbotService;
import dev.usher.api.chatbot.v1.Intent;
import dev.usher.api.chatbot.v1.ListIntentsRequest;
import dev.usher.api.chatbot.v1.ListIntentsResponse;
import dev.usher.api.chatbot.v1.ResetConversationRequest;
import dev.usher.api.chatbot.v1.SendMessageRequest;
import dev.usher.api.chatbot.v1.SendMessageResponse;
import dev.usher.api.cluster.v1.ClusterService;
import dev.usher.api.cluster.v1.ClusterStatus;
import dev.usher.api.cluster.v1.GetClusterStatusRequest;
import dev.usher.api.cluster.v1.GroupStatus;
import dev.usher.api.cluster.v1.Node;
import dev.usher.api.cluster.v1.TransferLeadershipRequest;
import io.grpc.Status.Code;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatbotAndClusterServiceTest {
  private static final String SEND = ChatbotService.name + "/SendMessage";
  private static final String TRANSFER = ClusterService.name + "/TransferLeadership";

  private static House house;

  @BeforeAll
  static void open() {
    house = new House(NoProvider.get());
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @Test
  void aMessageGetsItsReply() {
    var reply = send(SendMessageRequest.newBuilder().setText("hello").build());
    assertThat(reply.getText()).isEqualTo("alice said hello");
    assertThat(reply.getIntent()).isEqualTo("echo");
    assertThat(reply.getSlots(0).getValue()).isEqualTo("events/hamlet");
    assertThat(reply.getMissingSlotsList()).containsExactly("count");
    assertThat(reply.getSuggestedActions(0).getText()).isEqualTo("two");
  }

  @Test
  void everySuggestionNamesACallAndItsArguments() {
    var reply =
        send(
            SendMessageRequest.newBuilder()
                .setText("hello")
                .setConfirmationToken("t1")
                .setConversation("conversations/c1")
                .build());
    assertThat(reply.getConfirmationToken()).isEqualTo("t1!");
    assertThat(reply.getSuggestedActions(0).getRpc()).isEqualTo(SEND);
    assertThat(reply.getSuggestedActions(0).getArgumentsMap())
        .containsEntry("conversation", "conversations/c1")
        .containsEntry("text", "two")
        .containsEntry("confirmation_token", "t1!");
    assertThat(reply.getSuggestedActions(1).getRpc()).isEqualTo("usher.x.v1.S/Look");
    assertThat(reply.getSuggestedActions(1).getArgumentsMap())
        .containsExactly(entry("parent", "events/hamlet"));
  }

  @Test
  void aConversationIsResetByItsOwnerOnly() {
    var reset = ChatbotService.name + "/ResetConversation";
    var mine = ResetConversationRequest.newBuilder().setConversation("conversations/c1").build();
    house.client.call(reset, mine, Empty.getDefaultInstance(), TestAuth.ALICE);

    var theirs = mine.toBuilder().setConversation("conversations/theirs").build();
    assertThat(house.client.refused(reset, theirs, TestAuth.ALICE).code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aNewConversationIsAtHomeHereAndTheSameForTheSameRequestId() {
    var first = SendMessageRequest.newBuilder().setText("hello").setRequestId("r-1").build();
    assertThat(send(first).getConversation()).startsWith("conversations/node-1~c");
    assertThat(send(first).getConversation()).isEqualTo(send(first).getConversation());
    var other = first.toBuilder().setRequestId("r-2").build();
    assertThat(send(other).getConversation()).isNotEqualTo(send(first).getConversation());
  }

  @Test
  void aConversationGoesOn() {
    var reply =
        send(
            SendMessageRequest.newBuilder()
                .setText("hello")
                .setConversation("conversations/node-2~c1")
                .build());
    assertThat(reply.getConversation()).isEqualTo("conversations/node-2~c1");
  }

  @Test
  void everyFaultOfAMessageIsToldAtOnce() {
    var request =
        SendMessageRequest.newBuilder()
            .setText("x".repeat(1001))
            .setConversation("c1")
            .setPaymentMethod("pm_1")
            .setConfirmationToken("t".repeat(65))
            .setLanguageCode("in German")
            .build();
    assertThat(house.client.refused(SEND, request, TestAuth.ALICE).fields())
        .containsExactlyInAnyOrder(
            "text", "conversation", "payment_method", "confirmation_token", "language_code");
  }

  @Test
  void theLanguageIsPassedOnAndSaid() {
    var reply =
        send(SendMessageRequest.newBuilder().setText("hello").setLanguageCode("de-AT").build());
    assertThat(reply.getLanguageCode()).isEqualTo("de-AT");
  }

  @Test
  void intentsAreListedPageByPage() {
    var first = intents(ListIntentsRequest.newBuilder().setPageSize(1).build());
    assertThat(first.getIntentsList()).extracting(Intent::getName).containsExactly("book");
    var second =
        intents(ListIntentsRequest.newBuilder().setPageToken(first.getNextPageToken()).build());
    assertThat(second.getIntentsList()).extracting(Intent::getName).containsExactly("help");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void theStatusShowsEveryNodeAndHowFarBehindItIs() {
    var nodes = status().getNodesList();
    assertThat(nodes).extracting(Node::getDraining).containsExactly(false, true, false);
    assertThat(nodes).extracting(Node::getReachable).containsExactly(true, true, false);
    assertThat(nodes.get(0).getGroups(1).getRole()).isEqualTo(GroupStatus.Role.ROLE_LEADER);
    assertThat(nodes.get(0).getGroups(1).getLag()).isZero();
    assertThat(nodes.get(1).getGroups(1).getLag()).isEqualTo(3);
    assertThat(nodes.get(1).getGroups(1).getLeader()).isEqualTo("nodes/node-1");
  }

  @Test
  void theStatusShowsWhoVotesInEachGroupWhetherItAnswersOrNot() {
    var group = status().getGroups(1);
    assertThat(group.getName()).isEqualTo("groups/system");
    assertThat(group.getVotersList()).containsExactly("nodes/node-1", "nodes/node-2");
    assertThat(group.getLearnersList()).containsExactly("nodes/node-3");
    assertThat(group.getOutgoingList()).isEmpty();
  }

  private static ClusterStatus status() {
    return house.client.call(
        ClusterService.name + "/GetClusterStatus",
        GetClusterStatusRequest.getDefaultInstance(),
        ClusterStatus.getDefaultInstance(),
        TestAuth.OPERATOR);
  }

  @Test
  void leadershipIsHandedOver() {
    var request =
        TransferLeadershipRequest.newBuilder()
            .setGroup("groups/system")
            .setTarget("nodes/node-2")
            .build();
    assertThat(
            house
                .client
                .call(TRANSFER, request, ClusterStatus.getDefaultInstance(), TestAuth.OPERATOR)
                .getNodesCount())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "groups/system, nodes/node-3, FAILED_PRECONDITION, TRANSFER_ABORTED",
    "groups/seats-0, nodes/node-2, UNAVAILABLE, NO_LEADER",
    "groups/system, nodes/node-9, NOT_FOUND, RESOURCE_NOT_FOUND",
    "groups/seats-9, nodes/node-2, NOT_FOUND, RESOURCE_NOT_FOUND",
    "groups/System, nodes/node-2, INVALID_ARGUMENT, FIELD_INVALID",
    "system, nodes/node-2, INVALID_ARGUMENT, FIELD_INVALID"
  })
  void aTransferThatCannotBeSaysWhy(String group, String target, Code code, String reason) {
    var request = TransferLeadershipRequest.newBuilder().setGroup(group).setTarget(target).build();
    var error = house.client.refused(TRANSFER, request, TestAuth.OPERATOR);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.reason()).isEqualTo(reason);
  }

  private static SendMessageResponse send(SendMessageRequest request) {
    return house.client.call(
        SEND, request, SendMessageResponse.getDefaultInstance(), TestAuth.ALICE);
  }

  private static ListIntentsResponse intents(ListIntentsRequest request) {
    return house.client.call(
        ChatbotService.name + "/ListIntents",
        request,
        ListIntentsResponse.getDefaultInstance(),
        "");
  }
}
