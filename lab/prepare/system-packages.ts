/** Commands that the lab runs, and the Debian package that has each. */
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
};

/** Further packages of an unprivileged lab: they map its user ids. */
const UNPRIVILEGED: Readonly<Record<string, string>> = { newuidmap: "uidmap" };

/** The packages of commands that are missing. */
export function findMissingPackages(has: (command: string) => boolean, root: boolean): string[] {
  const commands = root ? COMMANDS : { ...COMMANDS, ...UNPRIVILEGED };
  const missing = Object.entries(commands).filter(([command]) => !has(command));
  return [...new Set(missing.map(([, name]) => name))].sort();
}

/** How to install packages on the system that /etc/os-release describes. */
export function formatInstallCommand(packages: readonly string[], osRelease: string): string {
  const like = /^ID(?:_LIKE)?=.*$/gm;
  const ids = (osRelease.match(like) ?? []).join(" ");
  const names = packages.join(" ");
  if (/debian|ubuntu/.test(ids)) return `apt-get install -y ${names}`;
  if (/fedora|rhel/.test(ids)) return `dnf install -y ${names.replace("iproute2", "iproute")}`;
  return `install with your package manager: ${names}`;
}
