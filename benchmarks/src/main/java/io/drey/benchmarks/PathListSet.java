package io.drey.benchmarks;

import java.util.List;

/** Paths of a real file list, with the attributes of {@link FileSystemSet}. */
record PathListSet(List<byte[]> paths) implements DataSet {
  @Override
  public String name() {
    return "real";
  }

  @Override
  public int size() {
    return paths.size();
  }

  @Override
  public byte[] key(int record) {
    return paths.get(record).clone();
  }

  @Override
  public byte[] value(int record) {
    return FileSystemSet.attributes(record);
  }

  /** The directory that holds the record's directory. */
  @Override
  public byte[] rollupPrefix(int record) {
    byte[] directory = directory(paths.get(record));
    return DataSet.upToSlash(directory, Math.max(0, directory.length - 1));
  }

  @Override
  public boolean isEndless() {
    return false;
  }
}
