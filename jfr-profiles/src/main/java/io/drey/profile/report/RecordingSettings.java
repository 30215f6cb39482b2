package io.drey.profile.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The settings for recordings that this module ships. */
public enum RecordingSettings {
  /** For every day. */
  NORMAL,
  /** With every call as an event. */
  DETAILED;

  /** Writes them as a file that the flight recorder takes; {@code target} must not exist. */
  public void writeTo(Path target) throws IOException {
    String name = "/io/drey/profile/drey-" + name().toLowerCase(Locale.ROOT) + ".jfc";
    try (InputStream in = RecordingSettings.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing in the module io.drey.profile");
      }
      Files.copy(in, target);
    }
  }
}
