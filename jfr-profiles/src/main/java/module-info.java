/** What is made of recordings: verdicts, tables, and a page to look at. */
@SuppressWarnings("requires-automatic") // Mission Control's libraries have no module descriptors
module io.drey.profile {
  requires HdrHistogram;
  requires com.google.gson;
  requires java.logging;
  requires transitive jdk.jfr;
  requires org.openjdk.jmc.common;
  requires org.openjdk.jmc.flightrecorder;
  requires org.openjdk.jmc.flightrecorder.rules;
  requires org.openjdk.jmc.flightrecorder.rules.jdk;
  requires static org.jspecify;

  exports io.drey.profile.report;

  opens io.drey.profile.report to
      com.google.gson;
}
