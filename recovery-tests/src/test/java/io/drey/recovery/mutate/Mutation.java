package io.drey.recovery.mutate;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.util.List;
import java.util.function.Consumer;

/**
 * One change of one method: what a programmer's slip could have made of it.
 *
 * <p>A mutation names its place by what stands there, a call, a branch or a constant, and is
 * refused when that is not found: a canary cannot outlive the code it was planted in.
 *
 * @param className the class, by its binary name
 * @param method the method; all overloads of the name
 * @param text what is changed, for messages
 * @param edit the change
 */
public record Mutation(String className, String method, String text, Edit edit) {

  /** What a forced branch does. */
  public enum Branch {
    /** It is never taken: control falls through. */
    NEVER,
    /** It is always taken. */
    ALWAYS,
    /** It is taken where it was not. */
    NEGATED
  }

  /** Changes the elements of a method's code. */
  @FunctionalInterface
  public interface Edit {
    /** Emits what stands in the place of {@code element}; true = this is the place looked for. */
    boolean accept(CodeBuilder code, CodeElement element, Count count);
  }

  /** Counts what an edit has met in one method. */
  public static final class Count {
    private int met;

    boolean isNow(int ordinal) {
      met++;
      return met == ordinal;
    }
  }

  /** Where a mutation is planted. */
  public record Place(String className, String method) {

    /** Leaves the {@code ordinal}-th such call out; its result is zero or null. */
    public Mutation withoutCall(String call, int ordinal) {
      return insteadOf(
          call,
          ordinal,
          "without call " + ordinal + " of " + call,
          (code, invoke) -> {
            pop(code, invoke);
            pushNothing(code, TypeKind.from(invoke.typeSymbol().returnType()));
          });
    }

    /** Leaves the call out; its result is {@code result}. */
    public Mutation callGives(String call, int ordinal, int result) {
      return insteadOf(
          call,
          ordinal,
          "call " + ordinal + " of " + call + " gives " + result,
          (code, invoke) -> {
            pop(code, invoke);
            TypeKind kind = TypeKind.from(invoke.typeSymbol().returnType());
            if (kind == TypeKind.LONG) {
              code.loadConstant((long) result);
            } else {
              code.loadConstant(result);
            }
          });
    }

    /** Calls another method of the same owner and shape. */
    public Mutation callsInstead(String call, int ordinal, String name) {
      return insteadOf(
          call,
          ordinal,
          "call " + ordinal + " of " + call + " goes to " + name,
          (code, invoke) ->
              code.invoke(
                  invoke.opcode(),
                  invoke.owner().asSymbol(),
                  name,
                  invoke.typeSymbol(),
                  invoke.isInterface()));
    }

    /** Puts other code in the place of a call, for the same operands and the same result. */
    public Mutation callBecomes(String call, int ordinal, String text, Consumer<CodeBuilder> with) {
      return insteadOf(call, ordinal, text, (code, _) -> with.accept(code));
    }

    /** Puts code behind a call. */
    public Mutation after(String call, int ordinal, String text, Consumer<CodeBuilder> more) {
      return insteadOf(
          call,
          ordinal,
          text,
          (code, invoke) -> {
            code.with(invoke);
            more.accept(code);
          });
    }

    private interface Replacement {
      void emit(CodeBuilder code, InvokeInstruction invoke);
    }

    private Mutation insteadOf(String call, int ordinal, String text, Replacement replacement) {
      return new Mutation(
          className,
          method,
          text,
          (code, element, count) -> {
            if (element instanceof InvokeInstruction invoke
                && names(invoke, call)
                && count.isNow(ordinal)) {
              replacement.emit(code, invoke);
              return true;
            }
            code.with(element);
            return false;
          });
    }

    /** The {@code ordinal}-th read of a field gives a number, null, or what another field holds. */
    public Mutation fieldGives(String field, int ordinal, Consumer<CodeBuilder> result, String as) {
      return new Mutation(
          className,
          method,
          "read " + ordinal + " of " + field + " gives " + as,
          (code, element, count) -> {
            if (element instanceof FieldInstruction read
                && isRead(read, field)
                && count.isNow(ordinal)) {
              if (read.opcode() == Opcode.GETFIELD) {
                code.pop();
              }
              result.accept(code);
              return true;
            }
            code.with(element);
            return false;
          });
    }

    /** The {@code ordinal}-th read of a constant of an enum gives another of its constants. */
    public Mutation enumGives(String constant, int ordinal, String other) {
      return new Mutation(
          className,
          method,
          constant + " is " + other,
          (code, element, count) -> {
            if (element instanceof FieldInstruction read
                && isRead(read, constant)
                && count.isNow(ordinal)) {
              code.getstatic(read.owner().asSymbol(), other, read.typeSymbol());
              return true;
            }
            code.with(element);
            return false;
          });
    }

    private static boolean isRead(FieldInstruction read, String field) {
      return (read.opcode() == Opcode.GETFIELD || read.opcode() == Opcode.GETSTATIC)
          && field.equals(simple(read.owner().asInternalName()) + "." + read.name().stringValue());
    }

    /** Forces or negates the {@code ordinal}-th conditional branch of the method. */
    public Mutation branch(int ordinal, Branch how) {
      return new Mutation(
          className,
          method,
          "branch " + ordinal + " " + how,
          (code, element, count) -> {
            if (element instanceof BranchInstruction branch
                && !isGoto(branch.opcode())
                && count.isNow(ordinal)) {
              force(code, branch, how);
              return true;
            }
            code.with(element);
            return false;
          });
    }

    /** Replaces the {@code ordinal}-th use of a constant. */
    public Mutation constant(ConstantDesc from, ConstantDesc to, int ordinal) {
      return new Mutation(
          className,
          method,
          "constant " + from + " is " + to,
          (code, element, count) -> {
            if (element instanceof ConstantInstruction constant
                && constant.constantValue().equals(from)
                && count.isNow(ordinal)) {
              code.loadConstant(to);
              return true;
            }
            code.with(element);
            return false;
          });
    }

    /** The method does this and nothing else. */
    public Mutation does(String text, Consumer<CodeBuilder> body) {
      return new Mutation(
          className,
          method,
          text,
          (code, _, count) -> {
            if (count.isNow(1)) {
              body.accept(code);
              return true;
            }
            return false;
          });
    }

    /** The method does nothing; what it returns is zero or null. */
    public Mutation doesNothing(TypeKind result) {
      return does(
          "does nothing",
          code -> {
            pushNothing(code, result);
            code.return_(result);
          });
    }
  }

  /** The method {@code method} of the class {@code io.drey.<className>}. */
  public static Place in(String className, String method) {
    return new Place("io.drey." + className, method);
  }

  private static boolean names(InvokeInstruction invoke, String call) {
    return call.equals(simple(invoke.owner().asInternalName()) + "." + invoke.name().stringValue());
  }

  private static String simple(String internalName) {
    int at = Math.max(internalName.lastIndexOf('/'), internalName.lastIndexOf('$'));
    return internalName.substring(at + 1);
  }

  private static void pop(CodeBuilder code, InvokeInstruction invoke) {
    List<ClassDesc> parameters = invoke.typeSymbol().parameterList();
    for (ClassDesc parameter : parameters.reversed()) {
      if (TypeKind.from(parameter).slotSize() == 2) {
        code.pop2();
      } else {
        code.pop();
      }
    }
    if (invoke.opcode() != Opcode.INVOKESTATIC) {
      code.pop();
    }
  }

  private static void pushNothing(CodeBuilder code, TypeKind kind) {
    switch (kind) {
      case VOID -> {}
      case LONG -> code.lconst_0();
      case FLOAT -> code.fconst_0();
      case DOUBLE -> code.dconst_0();
      case REFERENCE -> code.aconst_null();
      default -> code.iconst_0();
    }
  }

  private static boolean isGoto(Opcode opcode) {
    return opcode == Opcode.GOTO || opcode == Opcode.GOTO_W;
  }

  private static void force(CodeBuilder code, BranchInstruction branch, Branch how) {
    Opcode opcode = branch.opcode();
    switch (how) {
      case NEGATED -> code.branch(negated(opcode), branch.target());
      case NEVER -> popOperands(code, opcode);
      case ALWAYS -> {
        popOperands(code, opcode);
        code.goto_(branch.target());
      }
    }
  }

  private static void popOperands(CodeBuilder code, Opcode opcode) {
    if (opcode.name().startsWith("IF_ICMP") || opcode.name().startsWith("IF_ACMP")) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  private static Opcode negated(Opcode opcode) {
    return switch (opcode) {
      case IFEQ -> Opcode.IFNE;
      case IFNE -> Opcode.IFEQ;
      case IFLT -> Opcode.IFGE;
      case IFGE -> Opcode.IFLT;
      case IFGT -> Opcode.IFLE;
      case IFLE -> Opcode.IFGT;
      case IFNULL -> Opcode.IFNONNULL;
      case IFNONNULL -> Opcode.IFNULL;
      case IF_ICMPEQ -> Opcode.IF_ICMPNE;
      case IF_ICMPNE -> Opcode.IF_ICMPEQ;
      case IF_ICMPLT -> Opcode.IF_ICMPGE;
      case IF_ICMPGE -> Opcode.IF_ICMPLT;
      case IF_ICMPGT -> Opcode.IF_ICMPLE;
      case IF_ICMPLE -> Opcode.IF_ICMPGT;
      case IF_ACMPEQ -> Opcode.IF_ACMPNE;
      case IF_ACMPNE -> Opcode.IF_ACMPEQ;
      default -> throw new IllegalArgumentException(opcode + " is no conditional branch");
    };
  }
}
