package io.drey.benchmarks;

import io.drey.journal.Journal;
import io.drey.journal.JournalConfig;
import io.drey.journal.RecordType;
import io.drey.journal.Reservation;
import io.drey.journal.SegmentLink;
import io.drey.journal.StoreId;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Commits to a journal alone. */
final class JournalCommits implements CommitTarget {
  private final Journal journal;
  private final byte[] body;

  JournalCommits(Path directory, int bodyBytes) throws IOException {
    Files.createDirectory(directory);
    JournalConfig config =
        new JournalConfig(
            Vfs.disk(), directory, new StoreId(1, 2), JournalConfig.DEFAULT_SEGMENT_BYTES);
    this.journal = Journal.start(config, 1, SegmentLink.fresh(1), Journal.firstSeq(1), 1);
    this.body = new byte[bodyBytes];
  }

  @Override
  public Committer committer(int thread) {
    Reservation reservation = new Reservation();
    return () -> {
      do {
        journal.prepare(body.length);
        journal.touch();
      } while (!journal.reserve(reservation, body.length, 1));
      long position = reservation.position();
      journal.publish(reservation, RecordType.FIRST_OF_ENGINE, body, body.length);
      journal.awaitForced(position);
    };
  }

  @Override
  public long forces() {
    return journal.forces();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
