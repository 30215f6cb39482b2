/** The {@code drey} command. */
module io.drey.cli {
  requires info.picocli;
  requires io.drey;
  requires io.drey.profile;
  requires io.drey.vfs;
  requires jdk.attach;
  requires jdk.jfr;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  opens io.drey.cli to
      info.picocli;
}
