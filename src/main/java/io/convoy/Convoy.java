package io.convoy;

import io.convoy.program.Main;

/** Where spark-submit and the launchers begin. */
public final class Convoy {
  private Convoy() {}

  /** The program of convoy's commands; ends the virtual machine with its exit status. */
  public static void main(String[] arguments) {
    Main.main(arguments);
  }
}
