package dev.usher.cli;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.Locale;

/** The API's states as words: {@code STATE_PAYMENT_UNKNOWN} is "payment unknown". */
final class Words {
  private Words() {}

  static String of(ProtocolMessageEnum value) {
    String name = value.toString();
    return name.replaceFirst("^(STATE|ROLE|KIND)_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
