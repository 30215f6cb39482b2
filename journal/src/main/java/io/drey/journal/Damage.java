package io.drey.journal;

/** What is wrong at a place of the journal. */
public enum Damage {
  /** Eight zero bytes where a record would begin. */
  UNWRITTEN("nothing is written here"),
  /** The file is shorter than the segment its header describes. */
  SHORT_FILE("the file ends here"),
  /** A length that no record can have at this place. */
  BAD_LENGTH("the record's length is impossible"),
  /** A type that no record has, or reserved bytes that are not zero. */
  BAD_TYPE("the record's type is unknown"),
  /** The checksum does not fit bytes, place and segment. */
  BAD_CHECKSUM("the record's checksum does not match"),
  /** The sequence number is not above the one before. */
  SEQ_NOT_ASCENDING("the record's sequence number does not ascend"),
  /** The link in an end record or end entry does not lead to a later segment. */
  BAD_LINK("the link to the next segment is impossible"),
  /** A segment that the manifest or a valid end record names does not exist. */
  MISSING_SEGMENT("the segment is missing"),
  /** The header of a named segment has a wrong magic, size, reserved byte or checksum. */
  BAD_HEADER("the segment's header is damaged"),
  /** The header is of a format version this code does not read. */
  UNKNOWN_VERSION("the segment's format version is unknown"),
  /** The segment belongs to another store. */
  FOREIGN_STORE("the segment belongs to another store"),
  /** The header tells of another number or salt than the link does. */
  WRONG_LIFE("the segment is not the one that the link names"),
  /** The segment was made after a manifest that is newer than the newest one known. */
  MANIFEST_TOO_OLD("the segment was made under a newer manifest"),
  /** A record reaches over the cut, or the journal goes on before it. */
  CUT_MISSED("the records do not meet the end that the manifest names"),
  /** The journal ends before a position that was on stable storage. */
  ENDS_BELOW_MARK("the journal ends before its forced mark");

  private final String text;

  Damage(String text) {
    this.text = text;
  }

  /** One clause for a message. */
  public String text() {
    return text;
  }
}
