package dev.usher.replica;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.usher.raft.Bytes;
import dev.usher.replica.proto.Envelope;
import java.util.Optional;

/** Proposals as the bytes of a COMMAND entry, and back. */
final class EnvelopeCodec {
  /** What a leader proposes when only log time has to move on. */
  static final Bytes TIME_ADVANCE = Bytes.EMPTY;

  private EnvelopeCodec() {}

  static Bytes encode(Proposal proposal) {
    Envelope envelope =
        Envelope.newBuilder()
            .setRequestKey(proposal.requestKey())
            .setFingerprint(view(proposal.fingerprint()))
            .setCommand(view(proposal.command()))
            .build();
    return Bytes.wrap(envelope.toByteArray());
  }

  /** Empty when the bytes are no envelope, or one beyond the limits of {@link Proposal}. */
  static Optional<Proposal> decode(Bytes payload) {
    Envelope envelope;
    try {
      envelope = Newer.refused("an entry", Envelope.parseFrom(payload.unsafeArray()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
    if (envelope.getRequestKey().length() > Proposal.REQUEST_KEY_CHARS_MAX
        || envelope.getFingerprint().size() > Proposal.FINGERPRINT_BYTES_MAX
        || envelope.getCommand().size() > Proposal.COMMAND_BYTES_MAX) {
      return Optional.empty();
    }
    return Optional.of(
        new Proposal(
            envelope.getRequestKey(),
            bytes(envelope.getFingerprint()),
            bytes(envelope.getCommand())));
  }

  static ByteString view(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.unsafeArray());
  }

  static Bytes bytes(ByteString source) {
    return Bytes.wrap(source.toByteArray());
  }
}
