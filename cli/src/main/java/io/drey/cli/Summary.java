package io.drey.cli;

import java.util.Locale;

/**
 * What a command did to many records, printed at its end.
 *
 * @param verb in the past tense
 * @param records how many
 * @param seconds how long it took
 */
record Summary(String verb, long records, double seconds) {
  static Summary of(String verb, long records, double seconds) {
    return new Summary(verb, records, seconds);
  }

  void print(Session session) {
    Output out = session.output();
    if (session.json()) {
      JsonWriter json = new JsonWriter(out);
      json.beginObject().member("records", records).member("seconds", seconds).endObject();
      json.endLine();
    } else {
      long rate = Math.round(records / Math.max(seconds, 1e-3));
      out.line(
          String.format(
              Locale.ROOT, "%s %,d records in %.2f s (%,d/s)", verb, records, seconds, rate));
    }
    out.flush();
  }
}
