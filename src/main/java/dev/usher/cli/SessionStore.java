package dev.usher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The session of the last login: {@code session.json} in {@code $USHER_HOME}, else in {@code
 * ~/.config/usher}; mode 0600, because who has the token is the user.
 */
final class SessionStore {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;

  /** What is kept of a session; {@code toString} has no token. */
  record Saved(String session, String email, String token) {
    @Override
    public String toString() {
      return session + " of " + email;
    }
  }

  SessionStore(Map<String, String> environment) {
    String home = environment.get("USHER_HOME");
    this.file =
        (home == null || home.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", "."), ".config", "usher")
                : Path.of(home))
            .resolve("session.json");
  }

  Path file() {
    return file;
  }

  Optional<Saved> load() {
    try {
      JsonNode json = MAPPER.readTree(Files.readString(file));
      String token = json.path("token").asText();
      return token.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Saved(json.path("session").asText(), json.path("email").asText(), token));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED, file + " can't be read as a session; remove it and log in again");
    }
  }

  void save(Saved saved) {
    var json =
        MAPPER
            .createObjectNode()
            .put("session", saved.session())
            .put("email", saved.email())
            .put("token", saved.token());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      // A new file with its mode from the first moment on, then moved over the old one.
      Path fresh =
          Files.createTempFile(
              file.toAbsolutePath().getParent(),
              "session",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, json.toPrettyString() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "the session can't be kept in "
              + file
              + " ("
              + e
              + "); set USHER_HOME to a directory"
              + " that you may write");
    }
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CliException(ExitCode.FAILED, file + " can't be removed (" + e + ")");
    }
  }
}
