package dev.usher.shards;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.google.protobuf.Internal;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets the records that travel between nodes carry protobuf messages, as their own bytes. Named in
 * {@code usher-cluster.conf}.
 */
public final class ProtobufModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  public ProtobufModule() {
    super("protobuf");
    addSerializer(MessageLite.class, new Writer());
    setDeserializers(new Readers());
  }

  private static final class Writer extends JsonSerializer<MessageLite> {
    @Override
    public void serialize(MessageLite message, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeBinary(message.toByteArray());
    }
  }

  private static final class Readers extends SimpleDeserializers {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription description) {
      return type.isTypeOrSubTypeOf(MessageLite.class)
          ? new Reader(
              Internal.getDefaultInstance(type.getRawClass().asSubclass(MessageLite.class)))
          : null;
    }
  }

  private static final class Reader extends JsonDeserializer<MessageLite> {
    private final MessageLite prototype;

    Reader(MessageLite prototype) {
      this.prototype = prototype;
    }

    @Override
    public MessageLite deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return prototype.getParserForType().parseFrom(in.getBinaryValue());
    }
  }
}
