package dev.usher.seats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.usher.seats.proto.Plan;
import java.io.IOException;
import java.util.List;

/**
 * Reads a seating plan in the pretix format: what its schema says, and what real files do beyond it
 * (unknown fields, fractional positions, names that repeat because blocks were copied in the
 * editor). Every seat gets an id of zone, row and number in {@code a-z 0-9 -}, unique, and the same
 * whenever the same file is read. Areas of the format are shapes to look at and are left out.
 */
public final class PretixPlan {
  /** Bytes of a file. */
  public static final int SIZE_MAX = 4 * 1024 * 1024;

  /** Faults that are named one by one; further ones are counted. */
  public static final int FAULTS_MAX = 100;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build()
          .readerFor(JsonNode.class);

  private PretixPlan() {}

  /** All of a file, or what is wrong with it. */
  public sealed interface Result {}

  /**
   * The whole file.
   *
   * @param name the plan's own
   * @param repairs what had to be changed, one sentence each
   */
  public record Imported(String name, Plan plan, List<String> repairs) implements Result {
    public Imported {
      repairs = List.copyOf(repairs);
    }
  }

  /** Nothing of the file: it cannot be repaired. */
  public record Faulty(List<Fault> faults) implements Result {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }

  /**
   * One thing that is wrong.
   *
   * @param path in the JSON, for example {@code zones[0].rows[3].seats[2].category}; empty for the
   *     file as a whole
   */
  public record Fault(String path, String problem) {
    @Override
    public String toString() {
      return path.isEmpty() ? problem : path + ": " + problem;
    }
  }

  /** Reads a file's bytes (UTF-8 JSON). */
  public static Result read(byte[] json) {
    if (json.length > SIZE_MAX) {
      return faulty(
          "", "the file has " + json.length + " bytes, at most " + SIZE_MAX + " are read");
    }
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return faulty("", "no readable JSON" + place(e) + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      return faulty("", "no readable JSON: " + e.getMessage());
    }
    var reader = new PretixReader();
    var file = reader.read(root);
    return reader.faults().isEmpty() ? new PretixNaming().name(file) : new Faulty(reader.faults());
  }

  private static String place(JsonProcessingException e) {
    var location = e.getLocation();
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static Faulty faulty(String path, String problem) {
    return new Faulty(List.of(new Fault(path, problem)));
  }
}
