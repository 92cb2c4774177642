import { describe, expect, test } from "vitest";

import { findMissingPackages, formatInstallCommand } from "../../../../lab/prepare/system-packages";

describe("missing system packages", () => {
  test("are listed once each, and the package for user IDs only without root", () => {
    const hasCommand = (command: string) => !/^(iptables|ip|newuidmap)/.test(command);

    expect(findMissingPackages(hasCommand, true)).toEqual(["iproute2", "iptables"]);
    expect(findMissingPackages(hasCommand, false)).toEqual(["iproute2", "iptables", "uidmap"]);
  });

  test("come with the command of the distribution", () => {
    const format = (osRelease: string) => formatInstallCommand(["iproute2", "curl"], osRelease);

    expect(format("ID=debian\n")).toBe("apt-get install -y iproute2 curl");
    expect(format('NAME="Mint"\nID_LIKE="ubuntu debian"\n')).toMatch(/^apt-get/);
    expect(format('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toBe(
      "dnf install -y iproute curl",
    );
    expect(format("ID=other\n")).toContain("iproute2 curl");
  });
});
