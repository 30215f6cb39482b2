package io.drey.history;

/** What a worker may do. */
enum Kind {
  GET,
  ENTRY,
  CONTAINS,
  COPY,
  GET_ALL,
  LONGEST_PREFIX,
  PUT,
  SET,
  PUT_IF_ABSENT,
  REPLACE,
  DELETE,
  DELETE_AT,
  UPDATE,
  RENAME,
  BATCH,
  SCAN,
  COUNT,
  PREFIX_EMPTY,
  SNAPSHOT
}
