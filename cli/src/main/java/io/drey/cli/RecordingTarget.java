package io.drey.cli;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.drey.profile.report.RecordingSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command line names as a recording: a file, a repository, or a process.
 *
 * @param path the file or directory
 * @param process whose repository it is, if it was named by its number
 */
record RecordingTarget(Path path, Optional<ProcessHandle> process) {
  /** Where the flight recorder of a JVM says that its repository is. */
  private static final String REPOSITORY_PROPERTY = "jdk.jfr.repository";

  private static final int MOST_DIGITS = 18;

  /** {@code name} is byte text; a number that is no file's name is a process's. */
  static RecordingTarget of(String name) {
    Path path = BytePaths.absolute(name);
    boolean number = name.length() <= MOST_DIGITS && name.chars().allMatch(Character::isDigit);
    if (!number || name.isEmpty() || Files.exists(path)) {
      return new RecordingTarget(path, Optional.empty());
    }
    return new RecordingTarget(repositoryOf(name), ProcessHandle.of(Long.parseLong(name)));
  }

  /** Opens it to be read as a whole. */
  static RecordingSource open(String name) {
    try {
      return RecordingSource.open(of(name).path());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  static CommandFailure unreadable(String name, IOException failure) {
    String reason = ByteText.ofPlatform(FailureReport.reason(failure));
    return new CommandFailure(
        ExitCode.USAGE, "cannot read the recording '" + name + "': " + reason, failure);
  }

  private static Path repositoryOf(String pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(pid);
      try {
        String repository = machine.getSystemProperties().getProperty(REPOSITORY_PROPERTY);
        if (repository == null) {
          throw new CommandFailure(
              ExitCode.USAGE,
              "process " + pid + " is not being recorded: jcmd " + pid + " JFR.start begins it");
        }
        return Path.of(repository);
      } finally {
        machine.detach();
      }
    } catch (IOException | AttachNotSupportedException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "'"
              + pid
              + "' is neither a file nor a JVM that can be asked: "
              + ByteText.ofPlatform(String.valueOf(e.getMessage())),
          e);
    }
  }
}
