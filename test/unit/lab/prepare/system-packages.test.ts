import { describe, expect, test } from "vitest";

import { findMissingPackages, formatInstallCommand } from "../../../../lab/prepare/system-packages";

describe("missing system packages", () => {
  test("are listed once each", () => {
    const hasCommand = (command: string) => !/^(iptables|ip)/.test(command);

    expect(findMissingPackages(hasCommand)).toEqual(["iproute2", "iptables"]);
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
