package dev.usher.journal;

import com.google.protobuf.ByteString;
import dev.usher.directory.proto.JournalEvent;
import dev.usher.directory.proto.JournalSnapshot;
import dev.usher.directory.proto.JournalValue;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serialization$;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Events and snapshots as the log keeps them, by the serializers of the actor system. */
final class EventCodec {
  private final ExtendedActorSystem system;
  private final Serialization serialization;

  EventCodec(ExtendedActorSystem system) {
    this.system = system;
    this.serialization = SerializationExtension.get(system);
  }

  /** An event as bytes; throws whatever its serializer throws, checked or not. */
  JournalEvent encode(PersistentRepr event) {
    var encoded =
        JournalEvent.newBuilder()
            .setSequenceNumber(event.sequenceNr())
            .setPayload(value(untagged(event.payload())))
            .setManifest(event.manifest())
            .setWriterUuid(event.writerUuid())
            .setTimestamp(event.timestamp())
            .addAllTags(tags(event.payload()).stream().sorted().toList());
    if (event.metadata().isDefined()) {
      encoded.setMetadata(value(event.metadata().get()));
    }
    return encoded.build();
  }

  static Set<String> tags(Object payload) {
    return payload instanceof Tagged tagged ? CollectionConverters.asJava(tagged.tags()) : Set.of();
  }

  private static Object untagged(Object payload) {
    return payload instanceof Tagged tagged ? tagged.payload() : payload;
  }

  PersistentRepr decode(String persistenceId, JournalEvent event) {
    var repr =
        PersistentRepr.apply(
                object(event.getPayload()),
                event.getSequenceNumber(),
                persistenceId,
                event.getManifest(),
                false,
                ActorRef.noSender(),
                event.getWriterUuid())
            .withTimestamp(event.getTimestamp());
    return event.hasMetadata() ? repr.withMetadata(object(event.getMetadata())) : repr;
  }

  JournalSnapshot encode(SnapshotMetadata metadata, Object snapshot) {
    var encoded =
        JournalSnapshot.newBuilder()
            .setSequenceNumber(metadata.sequenceNr())
            .setTimestamp(metadata.timestamp())
            .setValue(value(snapshot));
    if (metadata.metadata().isDefined()) {
      encoded.setMetadata(value(metadata.metadata().get()));
    }
    return encoded.build();
  }

  SelectedSnapshot decode(String persistenceId, JournalSnapshot snapshot) {
    var metadata =
        new SnapshotMetadata(
            persistenceId,
            snapshot.getSequenceNumber(),
            snapshot.getTimestamp(),
            OptionConverters.toScala(
                snapshot.hasMetadata()
                    ? Optional.of(object(snapshot.getMetadata()))
                    : Optional.empty()));
    return SelectedSnapshot.create(metadata, object(snapshot.getValue()));
  }

  /** With transport information, so that actor references in it can be resolved elsewhere. */
  private JournalValue value(Object object) {
    return Serialization$.MODULE$.withTransportInformation(system, () -> bare(object));
  }

  private JournalValue bare(Object object) {
    var serializer = serialization.findSerializerFor(object);
    return JournalValue.newBuilder()
        .setSerializerId(serializer.identifier())
        .setManifest(Serializers.manifestFor(serializer, object))
        .setData(ByteString.copyFrom(serializer.toBinary(object)))
        .build();
  }

  private Object object(JournalValue value) {
    return serialization
        .deserialize(value.getData().toByteArray(), value.getSerializerId(), value.getManifest())
        .get();
  }
}
