package org.balsam.platform.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses of the network may be called. Special purposes by the registries of IANA (RFC
 * 6890) are none of them: loopback, private, shared, link-local, multicast, reserved, and IPv6
 * addresses that stand for one of IPv4.
 */
public final class AddressRules {

  private record Block(byte[] prefix, int bits) {
    boolean holds(byte[] address) {
      for (var bit = 0; bit < bits; bit++) {
        if (((address[bit / 8] ^ prefix[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Block> OF_FOUR =
      List.of(
          four(8, 0),
          four(8, 10),
          four(10, 100, 64),
          four(8, 127),
          four(16, 169, 254),
          four(12, 172, 16),
          four(24, 192, 0, 0),
          four(24, 192, 0, 2),
          four(24, 192, 88, 99),
          four(16, 192, 168),
          four(15, 198, 18),
          four(24, 198, 51, 100),
          four(24, 203, 0, 113),
          four(3, 224));

  /** What of IPv6 is routed at all is 2000::/3; the rest is special. */
  private static final Block GLOBAL = six(3, 0x20);

  private static final List<Block> OF_SIX =
      List.of(six(23, 0x20, 0x01, 0x00), six(32, 0x20, 0x01, 0x0d, 0xb8), six(16, 0x20, 0x02));

  private AddressRules() {}

  /** Whether the address is one of the open network. */
  public static boolean isPublic(InetAddress address) {
    var octets = address.getAddress();
    if (address instanceof Inet4Address) {
      return OF_FOUR.stream().noneMatch(block -> block.holds(octets));
    }
    return address instanceof Inet6Address
        && GLOBAL.holds(octets)
        && OF_SIX.stream().noneMatch(block -> block.holds(octets));
  }

  /** Whether even a host that settings allow may have the address: no link-local, no multicast. */
  public static boolean isUsableInside(InetAddress address) {
    return !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && !address.isAnyLocalAddress();
  }

  private static Block four(int bits, int... octets) {
    return block(4, bits, octets);
  }

  private static Block six(int bits, int... octets) {
    return block(16, bits, octets);
  }

  private static Block block(int length, int bits, int... octets) {
    var prefix = new byte[length];
    for (var i = 0; i < octets.length; i++) {
      prefix[i] = (byte) octets[i];
    }
    return new Block(prefix, bits);
  }
}
