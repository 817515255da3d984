package dev.usher.cli.term;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Messages as proto3 JSON, with every field, so that scripts need not guess what is missing. */
public final class Json {
  @SuppressWarnings("deprecation") // its successor comes with protobuf 4
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().includingDefaultValueFields();

  private Json() {}

  public static String of(Message message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the API has no Any that the printer could miss", e);
    }
  }

  /** On one line, for what is read line by line. */
  public static String line(Message message) {
    try {
      return PRINTER.omittingInsignificantWhitespace().print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the API has no Any that the printer could miss", e);
    }
  }

  /** A JSON array. */
  public static String of(List<? extends Message> messages) {
    return messages.stream().map(Json::of).collect(Collectors.joining(",\n", "[", "]"));
  }
}
