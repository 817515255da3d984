package dev.usher.chat.model;

import dev.usher.chat.language.IntentId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A linear model with whole-number weights, and the sentences that are known word for word. Sums of
 * whole numbers come out the same in any order, so the same message scores the same everywhere.
 * Immutable; safe for any thread.
 */
public final class Model {
  private static final int MAGIC = 0x55534852; // "USHR"
  private static final int VERSION = 1;
  private static final int INTENTS = IntentId.values().length;

  private final LongIndex features;
  private final byte[] weights;
  private final int scaleMillionths;
  private final LongIndex sentences;
  private final short[] templates;
  private final String hash;

  private Model(
      long[] features,
      byte[] weights,
      int scaleMillionths,
      long[] sentences,
      short[] templates,
      String hash) {
    this.features = LongIndex.of(features);
    this.weights = weights;
    this.scaleMillionths = scaleMillionths;
    this.sentences = LongIndex.of(sentences);
    this.templates = templates;
    this.hash = hash;
  }

  /** SHA-256 of the model's file, in hexadecimal. */
  public String hash() {
    return hash;
  }

  /** Where an intent's weights are: in the order of their declaration, which the file relies on. */
  @SuppressWarnings("EnumOrdinal")
  public static int column(IntentId intent) {
    return intent.ordinal();
  }

  /** What one unit of score is worth, in millionths of a natural logarithm of odds. */
  public int scaleMillionths() {
    return scaleMillionths;
  }

  /** The number of a feature, or -1 when it was never seen in training. */
  public int feature(long feature) {
    return features.get(feature);
  }

  /** What a known feature says for an intent. */
  public int weight(int feature, int intent) {
    return weights[feature * INTENTS + intent];
  }

  /** Adds what a known feature says for each intent. */
  public void addTo(int[] scores, int feature) {
    int at = feature * INTENTS;
    for (int i = 0; i < INTENTS; i++) {
      scores[i] += weights[at + i];
    }
  }

  /** The number of the template that says this sentence, or -1. */
  public int template(long sentence) {
    int number = sentences.get(sentence);
    return number < 0 ? -1 : templates[number];
  }

  static byte[] bytes(
      long[] features, byte[] weights, int scaleMillionths, long[] sentences, short[] templates) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeInt(INTENTS);
      out.writeInt(scaleMillionths);
      out.writeInt(features.length);
      for (long feature : features) {
        out.writeLong(feature);
      }
      out.write(weights);
      out.writeInt(sentences.length);
      for (int i = 0; i < sentences.length; i++) {
        out.writeLong(sentences[i]);
        out.writeShort(templates[i]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a model's file.
   *
   * @throws IllegalArgumentException when it is none, or one of another version of the product
   */
  public static Model read(byte[] file) {
    try {
      var in = ByteBuffer.wrap(file);
      if (in.getInt() != MAGIC || in.getInt() != VERSION || in.getInt() != INTENTS) {
        throw new IllegalArgumentException("not a model of this version: build the product anew");
      }
      int scaleMillionths = in.getInt();
      long[] features = new long[in.getInt()];
      in.asLongBuffer().get(features);
      in.position(in.position() + features.length * Long.BYTES);
      byte[] weights = new byte[features.length * INTENTS];
      in.get(weights);
      long[] sentences = new long[in.getInt()];
      short[] templates = new short[sentences.length];
      for (int i = 0; i < sentences.length; i++) {
        sentences[i] = in.getLong();
        templates[i] = in.getShort();
      }
      return new Model(features, weights, scaleMillionths, sentences, templates, sha256(file));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the model's file is cut short", e);
    }
  }

  /**
   * A model of the jar.
   *
   * @param id of its language
   * @throws IllegalStateException when the build left it out
   */
  public static Model shipped(String id) {
    String file = "chat/" + id + ".model";
    try (var stream = Model.class.getClassLoader().getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing: build the product with Maven");
      }
      return read(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
