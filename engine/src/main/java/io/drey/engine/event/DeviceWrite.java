package io.drey.engine.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** Bytes were written to a file. */
@Name("io.drey.DeviceWrite")
@Label("Device Write")
@Description("Bytes were written to a file")
@Category({"Drey", "Device"})
@StackTrace(false)
@Threshold("1 ms")
public final class DeviceWrite extends DeviceTransfer {}
