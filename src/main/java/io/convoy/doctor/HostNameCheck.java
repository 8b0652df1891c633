package io.convoy.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whether this machine's name resolves: executors find the driver by it. */
final class HostNameCheck {
  static final String REMEDY = "add this machine's name to /etc/hosts, or set SPARK_LOCAL_IP";

  private HostNameCheck() {}

  /** In local mode the loopback address serves where the name does not resolve. */
  static CheckResult local() {
    try {
      return here();
    } catch (UnknownHostException e) {
      return CheckResult.ok("no address; local mode takes the loopback address");
    }
  }

  /**
   * Name and address.
   *
   * @throws UnknownHostException if the name does not resolve
   */
  static CheckResult here() throws UnknownHostException {
    InetAddress address = InetAddress.getLocalHost();
    return CheckResult.ok(address.getHostName() + " is " + address.getHostAddress());
  }
}
