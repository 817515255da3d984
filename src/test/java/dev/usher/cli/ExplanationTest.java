package dev.usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.usher.cli.client.CallFailedException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static Explanation invalid(String message, String... fields) {
    var bad = BadRequest.newBuilder();
    for (String field : fields) {
      bad.addFieldViolationsBuilder().setField(field).setDescription("is required");
    }
    var status =
        Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage(message)
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("FIELD_INVALID").build()))
            .addDetails(Any.pack(bad.build()))
            .build();
    return Explanation.of(CallFailedException.of(StatusProto.toStatusRuntimeException(status)));
  }

  @Test
  void oneBadFieldIsToldOnce() {
    assertThat(invalid("card: is required", "card").text())
        .isEqualTo("FIELD_INVALID: card: is required\n");
  }

  @Test
  void ofSeveralBadFieldsEachIsTold() {
    assertThat(invalid("card: is required (and 1 more)", "card", "seats").text())
        .isEqualTo(
            """
            FIELD_INVALID: card: is required (and 1 more)
              card: is required
              seats: is required
            """);
  }
}
