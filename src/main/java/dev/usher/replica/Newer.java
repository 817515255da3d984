package dev.usher.replica;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a newer version wrote. To leave out what is not known would be to apply the same entry
 * otherwise than the replicas that know it, and from then on no two of them need be equal. So a
 * node that meets such a thing in its log or in a snapshot goes no further; when it is upgraded it
 * goes on where it stopped.
 */
public final class Newer {
  /**
   * Whether messages of a kind may hold others, or an enum; most entries are of kinds that don't.
   */
  private static final Map<Descriptor, Boolean> HOLDERS = new ConcurrentHashMap<>();

  private Newer() {}

  /** Stops the node: see {@link Newer}. */
  public static final class NewerVersionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NewerVersionException(String what) {
      super(
          what
              + " holds something that this version does not know: a newer one wrote it."
              + " Upgrade this node; it will go on where it stopped.");
    }
  }

  /**
   * The message itself.
   *
   * @param what it is, for people, for example "a command of the seats"
   * @throws NewerVersionException when it has a field or a value that this version does not know,
   *     however deep inside
   */
  public static <M extends Message> M refused(String what, M message) {
    if (isIn(message)) {
      throw new NewerVersionException(what);
    }
    return message;
  }

  private static boolean isIn(Message message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      return true;
    }
    if (!HOLDERS.computeIfAbsent(message.getDescriptorForType(), Newer::isHolder)) {
      return false;
    }
    for (var field : message.getAllFields().entrySet()) {
      if (isIn(field.getKey(), field.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHolder(Descriptor kind) {
    return kind.getFields().stream()
        .map(FieldDescriptor::getJavaType)
        .anyMatch(type -> type == JavaType.MESSAGE || type == JavaType.ENUM);
  }

  private static boolean isIn(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case MESSAGE ->
          field.isRepeated()
              ? ((List<?>) value).stream().anyMatch(each -> isIn((Message) each))
              : isIn((Message) value);
      case ENUM ->
          field.isRepeated()
              ? ((List<?>) value).stream().anyMatch(Newer::isUnknown)
              : isUnknown(value);
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> false;
    };
  }

  /** An open enum keeps a number that it has no name for. */
  private static boolean isUnknown(Object value) {
    return ((EnumValueDescriptor) value).getIndex() < 0;
  }
}
