package io.drey.profile.rules;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmc.common.item.IAccessorKey;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IMemberAccessor;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.item.ItemToolkit;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.LinearUnit;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.JfrAttributes;

/**
 * One event, its fields by name. Times in nanoseconds, amounts in bytes, shares between 0 and 1; a
 * field that the event does not have is zero or null.
 */
final class Occurrence {
  private final IItem item;
  private final IType<IItem> type;

  Occurrence(IItem item) {
    this.item = item;
    this.type = ItemToolkit.getItemType(item);
  }

  /** When it began, since the beginning of 1970. */
  long start() {
    IQuantity start = member(JfrAttributes.START_TIME.getKey());
    return start == null ? 0 : start.clampedLongValueIn(UnitLookup.EPOCH_NS);
  }

  long end() {
    return start() + duration();
  }

  long duration() {
    IQuantity duration = member(JfrAttributes.DURATION.getKey());
    return duration == null ? 0 : in(duration, UnitLookup.NANOSECOND);
  }

  /** A number, an amount in bytes or a span. */
  long number(String field) {
    Object value = field(field);
    if (value instanceof IQuantity quantity) {
      if (quantity.getUnit().getContentType() == UnitLookup.MEMORY) {
        return in(quantity, UnitLookup.BYTE);
      }
      if (quantity.getUnit().getContentType() == UnitLookup.TIMESPAN) {
        return in(quantity, UnitLookup.NANOSECOND);
      }
      return quantity.longValue();
    }
    return value instanceof Number number ? number.longValue() : 0;
  }

  double share(String field) {
    return field(field) instanceof IQuantity quantity
        ? quantity.doubleValueIn(UnitLookup.PERCENT_UNITY)
        : 0;
  }

  /** Empty if there is none. */
  String text(String field) {
    return field(field) instanceof String text ? text : "";
  }

  /** The number of its store. */
  long store() {
    return number("store");
  }

  private static long in(IQuantity quantity, LinearUnit unit) {
    return quantity.clampedLongValueIn(unit);
  }

  private @Nullable Object field(String name) {
    for (IAccessorKey<?> key : type.getAccessorKeys().keySet()) {
      if (key.getIdentifier().equals(name)) {
        return member(key);
      }
    }
    assert false : type.getIdentifier() + " has no field " + name; // tests run with assertions
    return null;
  }

  private <T> @Nullable T member(IAccessorKey<T> key) {
    IMemberAccessor<T, IItem> accessor = type.getAccessor(key);
    return accessor == null ? null : accessor.getMember(item);
  }
}
