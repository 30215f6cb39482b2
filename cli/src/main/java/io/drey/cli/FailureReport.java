package io.drey.cli;

import io.drey.DreyException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Words a failure in one sentence and gives it an exit code. */
final class FailureReport {
  private FailureReport() {}

  static int exitCode(Exception failure) {
    return switch (failure) {
      case CommandFailure f -> f.exitCode();
      case Output.ClosedByReader _ -> ExitCode.OK;
      default -> ExitCode.STORE;
    };
  }

  /** Byte text, one line. */
  static String sentence(Exception failure) {
    if (failure instanceof CommandFailure f) {
      return text(f);
    }
    if (failure instanceof IOException e) {
      return ByteText.ofPlatform(reason(e));
    }
    String message = failure.getMessage();
    String words = message != null ? message : failure.getClass().getSimpleName();
    if (!(failure instanceof DreyException)) {
      words = "unexpected " + failure.getClass().getSimpleName() + ": " + words;
    }
    return ByteText.ofPlatform(words.replace('\n', ' '));
  }

  /** What went wrong, without the file's name when the failure has a plain word for it. */
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case NotDirectoryException _ -> "not a directory";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default ->
          failure.getMessage() != null ? failure.getMessage() : failure.getClass().getSimpleName();
    };
  }

  private static String text(CommandFailure failure) {
    String message = failure.getMessage();
    return message == null ? "failed" : message;
  }
}
