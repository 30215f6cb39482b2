package io.drey.profile.report;

import com.google.gson.Gson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A recording as one HTML page that needs nothing else to be looked at. */
public final class Page {
  private static final String SETTING_EVENT = "jdk.ActiveSetting";

  private Page() {}

  /** The page of a recording and of the verdicts on it, as text to be written in UTF-8. */
  public static String of(RecordingSource source, String name, Verdicts verdicts)
      throws IOException {
    PageCollector collector = new PageCollector();
    source.read(EventFields.PREFIX, collector::add);
    PageData data = collector.result(name, source.notes(), settings(source), verdicts);
    // Gson writes < and > as escapes, so that no text of an event ends the element it stands in.
    return resource("page.html")
        .replace("/*style*/", resource("page.css"))
        .replace("/*licence*/", resource("charts/LICENSE"))
        .replace("/*charts*/", resource("charts/dist/echarts.common.min.js"))
        .replace("/*script*/", resource("page.js"))
        .replace("/*data*/", new Gson().toJson(data));
  }

  /** Which events of stores were enabled, by name; those that some part of it had count. */
  private static Map<String, Boolean> settings(RecordingSource source) throws IOException {
    Map<Long, String> names = new HashMap<>();
    try (RecordingFile recording = new RecordingFile(source.file())) {
      for (EventType type : recording.readEventTypes()) {
        if (type.getName().startsWith(EventFields.PREFIX)) {
          names.put(type.getId(), type.getName());
        }
      }
    }
    Map<String, Boolean> settings = new TreeMap<>();
    source.read(SETTING_EVENT, event -> addSetting(event, names, settings));
    return settings;
  }

  private static void addSetting(
      RecordedEvent event, Map<Long, String> names, Map<String, Boolean> settings) {
    String name = names.get(event.getLong("id"));
    if (name != null && event.getString("name").equals("enabled")) {
      settings.merge(name, Boolean.parseBoolean(event.getString("value")), Boolean::logicalOr);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing in the module io.drey.profile");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
