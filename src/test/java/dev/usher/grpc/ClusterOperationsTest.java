package dev.usher.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.ByteString;
import dev.usher.api.cluster.v1.ClusterChange;
import dev.usher.api.cluster.v1.ClusterService;
import dev.usher.api.cluster.v1.ExportSnapshotRequest;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.api.cluster.v1.ReplicaDigest;
import dev.usher.api.cluster.v1.VerifyConsistencyRequest;
import dev.usher.api.cluster.v1.VerifyConsistencyResponse;
import dev.usher.api.cluster.v1.WatchClusterRequest;
import dev.usher.api.cluster.v1.WatchClusterResponse;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators ask of the replicated state. */
class ClusterOperationsTest {
  private static final String EXPORT = ClusterService.name + "/ExportSnapshot";
  private static final String VERIFY = ClusterService.name + "/VerifyConsistency";
  private static final String WATCH = ClusterService.name + "/WatchCluster";
  private static final int CONTENT_BYTES =
      TestCluster.STATE_PIECES * (Integer.BYTES + TestCluster.STATE_PIECE_BYTES);

  private House house;

  @BeforeEach
  void open() {
    house = new House(NoProvider.get());
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aSnapshotIsAHeaderItsContentAndAnEnd() {
    var parts = new ArrayList<ExportSnapshotResponse>();
    export("groups/system").forEachRemaining(parts::add);

    var header = parts.getFirst().getHeader();
    assertThat(header.getCluster()).isEqualTo("test");
    assertThat(header.getGroup()).isEqualTo("groups/system");
    assertThat(header.getIndex()).isEqualTo(10);
    assertThat(header.getTerm()).isEqualTo(2);
    assertThat(header.getVotersList()).containsExactly("nodes/node-1", "nodes/node-2");
    var content = ByteString.EMPTY;
    for (var part : parts.subList(1, parts.size() - 1)) {
      var chunk = part.getChunk();
      assertThat(chunk.getOffset()).isEqualTo(content.size());
      assertThat(chunk.getChecksum()).isEqualTo(checksum(chunk.getData()));
      content = content.concat(chunk.getData());
    }
    var end = parts.getLast().getEnd();
    assertThat(end.getBytes()).isEqualTo(content.size()).isEqualTo(CONTENT_BYTES);
    assertThat(end.getChecksum()).isEqualTo(checksum(content));
  }

  @Test
  void anOvertakenLimitOfExportsIsTold() {
    var open = new ArrayList<Iterator<ExportSnapshotResponse>>();
    for (int i = 0; i < SnapshotCalls.EXPORTS_MOST; i++) {
      var slow = export("groups/system");
      // Begun, and with more content than a transport takes ahead of its reader (8 MiB in
      // grpc-java).
      assertThat(slow.next().hasHeader()).isTrue();
      open.add(slow);
    }

    var error = refused(export("groups/system"));

    assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(error.reason()).isEqualTo("OVERLOADED");
    assertThat(open).allSatisfy(slow -> assertThat(slow.next().hasChunk()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "groups/seats-9, NOT_FOUND, RESOURCE_NOT_FOUND",
    "groups/seats-0, UNAVAILABLE, NO_LEADER",
    "seats-0, INVALID_ARGUMENT, FIELD_INVALID"
  })
  void anExportThatCannotBeSaysWhy(String group, Code code, String reason) {
    var error = refused(export(group));
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.reason()).isEqualTo(reason);
  }

  @Test
  void replicasThatDifferOrDoNotAnswerAreNamed() {
    var groups =
        house
            .client
            .call(
                VERIFY,
                VerifyConsistencyRequest.newBuilder().setGroup("groups/system").build(),
                VerifyConsistencyResponse.getDefaultInstance(),
                TestAuth.OPERATOR)
            .getGroupsList();

    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst().getIndex()).isEqualTo(42);
    assertThat(groups.getFirst().getReplicasList())
        .extracting(ReplicaDigest::getNode, ReplicaDigest::getVerdict, ReplicaDigest::getDigest)
        .containsExactly(
            tuple("nodes/node-1", ReplicaDigest.Verdict.VERDICT_SAME, "0102"),
            tuple("nodes/node-2", ReplicaDigest.Verdict.VERDICT_DIFFERENT, "09"),
            tuple("nodes/node-3", ReplicaDigest.Verdict.VERDICT_NO_ANSWER, ""),
            tuple("nodes/node-4", ReplicaDigest.Verdict.VERDICT_SAME, "0102"));
  }

  @Test
  void aGroupThatTakesNoEntryCannotBeCompared() {
    var error =
        house.client.refused(
            VERIFY, VerifyConsistencyRequest.getDefaultInstance(), TestAuth.OPERATOR);
    assertThat(error.reason()).isEqualTo("NO_LEADER");
  }

  @Test
  void aWatchTellsTheStatusAtOnceAndThenWhatChanges() {
    var watch = watch();
    var first = watch.next();
    assertThat(first.getStatus().getNodes(2).getReachable()).isFalse();
    assertThat(first.getChangesList()).isEmpty();

    house.cluster.thirdAnswers();

    var second = watch.next();
    assertThat(second.getStatus().getNodes(2).getReachable()).isTrue();
    assertThat(second.getChangesList())
        .extracting(ClusterChange::getKind, ClusterChange::getNode, ClusterChange::getAfter)
        .containsExactly(tuple(ClusterChange.Kind.KIND_REACHABILITY, "nodes/node-3", "reachable"));
  }

  @Test
  void aWatchEndsWithTheNodeAndSaysSo() {
    var watch = watch();
    watch.next();

    House.await(house.edge.drain().toCompletableFuture());

    assertThat(refused(watch).reason()).isEqualTo("DRAINING");
  }

  private Iterator<ExportSnapshotResponse> export(String group) {
    return house.client.stream(
        EXPORT,
        ExportSnapshotRequest.newBuilder().setGroup(group).build(),
        ExportSnapshotResponse.getDefaultInstance(),
        TestAuth.OPERATOR);
  }

  private Iterator<WatchClusterResponse> watch() {
    return house.client.stream(
        WATCH,
        WatchClusterRequest.getDefaultInstance(),
        WatchClusterResponse.getDefaultInstance(),
        TestAuth.OPERATOR);
  }

  private static ApiError refused(Iterator<?> stream) {
    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> stream.forEachRemaining(message -> {}));
    return ApiError.of(failure);
  }

  private static int checksum(ByteString data) {
    var crc = new CRC32C();
    crc.update(data.asReadOnlyByteBuffer());
    return (int) crc.getValue();
  }
}
