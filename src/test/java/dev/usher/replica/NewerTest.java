package dev.usher.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Field;
import com.google.protobuf.Message;
import com.google.protobuf.Option;
import com.google.protobuf.Type;
import com.google.protobuf.UnknownFieldSet;
import dev.usher.raft.Entry;
import dev.usher.replica.proto.Envelope;
import org.junit.jupiter.api.Test;

class NewerTest {
  private static final UnknownFieldSet NEWER =
      UnknownFieldSet.newBuilder()
          .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  @Test
  void aMessageThatIsKnownThroughoutIsLetThrough() {
    var known = type(Field.newBuilder().setKind(Field.Kind.TYPE_BOOL).setName("on"));

    assertThat(Newer.refused("a type", known)).isSameAs(known);
  }

  @Test
  void anUnknownFieldIsFoundHoweverDeepInside() {
    refused(Type.newBuilder().setUnknownFields(NEWER).build());
    refused(type(Field.newBuilder().setUnknownFields(NEWER)));
    refused(type(Field.newBuilder().addOptions(Option.newBuilder().setUnknownFields(NEWER))));
  }

  @Test
  void aNumberWithoutANameIsAnUnknownValue() {
    refused(type(Field.newBuilder().setKindValue(99)));
  }

  @Test
  void anEntryOfANewerVersionStopsTheStateMachine() {
    var envelope = Envelope.newBuilder().setUnknownFields(NEWER).build();
    var entry =
        new Entry(1, 1, 1, Entry.Kind.COMMAND, EnvelopeCodec.bytes(envelope.toByteString()));
    var host = new StateMachineHost<>(new Ledger());

    assertThatThrownBy(() -> host.apply(entry)).isInstanceOf(Newer.NewerVersionException.class);
  }

  private static Message type(Field.Builder field) {
    return Type.newBuilder()
        .addFields(Field.newBuilder().setName("known"))
        .addFields(field)
        .build();
  }

  private static void refused(Message message) {
    assertThatThrownBy(() -> Newer.refused("a type", message))
        .isInstanceOf(Newer.NewerVersionException.class)
        .hasMessageStartingWith("a type holds something that this version does not know");
  }
}
