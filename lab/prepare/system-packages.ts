/** Commands that the lab runs, and their Debian packages. */
const COMMANDS: Readonly<Record<string, string>> = {
  ip: "iproute2",
  iptables: "iptables",
  "iptables-restore": "iptables",
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
  flock: "util-linux",
  mount: "mount",
  sysctl: "procps",
  openssl: "openssl",
  curl: "curl",
  runc: "runc",
};

/** Finds the packages of missing commands. */
export function findMissingPackages(hasCommand: (command: string) => boolean): string[] {
  const missing = Object.entries(COMMANDS).filter(([command]) => !hasCommand(command));
  return [...new Set(missing.map(([, name]) => name))].sort();
}

/** Formats the command that installs packages on the distribution that /etc/os-release describes. */
export function formatInstallCommand(packages: readonly string[], osRelease: string): string {
  const like = /^ID(?:_LIKE)?=.*$/gm;
  const ids = (osRelease.match(like) ?? []).join(" ");
  const names = packages.join(" ");
  if (/debian|ubuntu/.test(ids)) return `apt-get install -y ${names}`;
  if (/fedora|rhel/.test(ids)) return `dnf install -y ${names.replace("iproute2", "iproute")}`;
  return `install with your package manager: ${names}`;
}
