package io.drey.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this module and of the Java that runs it. */
final class DreyVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Module module = Drey.class.getModule();
    String version = module.isNamed() ? module.getDescriptor().rawVersion().orElse(null) : null;
    if (version == null) {
      version = Drey.class.getPackage().getImplementationVersion();
    }
    String name = version == null ? "unversioned" : version;
    return new String[] {"drey " + name + " (Java " + Runtime.version() + ")"};
  }
}
