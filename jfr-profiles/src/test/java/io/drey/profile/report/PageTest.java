package io.drey.profile.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a recording. */
final class PageTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

  @TempDir Path scratch = Path.of("");

  private String page = "";

  @BeforeEach
  void make() throws IOException {
    Path file = scratch.resolve("a.jfr");
    RecordedProcess.record(file);
    try (RecordingSource source = RecordingSource.open(file)) {
      page = Page.of(source, "a.jfr", new Verdicts(List.of(), List.of()));
    }
  }

  private JsonObject data() {
    Matcher found = DATA.matcher(page);
    assertTrue(found.find());
    return JsonParser.parseString(found.group(1)).getAsJsonObject();
  }

  @Test
  void fetchesNothing() {
    String markup = page.replaceAll("(?s)(<script[^>]*>).*?</script>", "$1");

    assertFalse(Pattern.compile("<(link|img|iframe)|src=|@import|url\\(").matcher(markup).find());
    assertTrue(page.contains("Apache License"));
  }

  @Test
  void holdsEveryCheckpointWithItsPhases() {
    JsonObject last = data().getAsJsonArray("checkpoints").get(4).getAsJsonObject();

    assertEquals(RecordedProcess.CHECKPOINTS, data().getAsJsonArray("checkpoints").size());
    assertEquals("[0,0,12000000,0,0,0,0]", last.get("phases").toString());
  }

  @Test
  void keepsTextOfTheRecordingFromBeingMarkup() {
    JsonObject store = data().getAsJsonArray("stores").get(0).getAsJsonObject();

    assertEquals("</script><b>", store.get("directory").getAsString());
    assertFalse(page.contains("</script><b>"));
  }

  @Test
  void knowsWhichEventsWereEnabled() {
    JsonObject settings = data().getAsJsonObject("settings");

    assertTrue(settings.get("io.drey.Checkpoint").getAsBoolean());
  }
}
