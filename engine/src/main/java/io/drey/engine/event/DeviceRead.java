package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** Bytes were read from a file. */
@Name("io.drey.DeviceRead")
@Label("Device Read")
@Description("Bytes were read from a file")
@Category({"Drey", "Device"})
@StackTrace(false)
@Threshold("1 ms")
public final class DeviceRead extends DeviceTransfer {}
