import { existsSync, lstatSync, readlinkSync, realpathSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";

import { runCommand } from "../process/run-command";

/** What `kubectl exec` and `kubectl debug` expect in a container. */
export const SHELL_COMMANDS = ["sh", "sleep", "cat", "ls", "env", "id", "ps"];

/** Istio's agent chooses between both kinds of iptables. */
export const IPTABLES_COMMANDS = ["iptables", "ip6tables"].flatMap((name) =>
  ["", "-nft", "-legacy"].flatMap((kind) =>
    ["", "-save", "-restore"].map((verb) => `${name}${kind}${verb}`),
  ),
);

/** Files that a command opens at run time, so that the loader does not list them. The first that exists is used. */
const FURTHER_FILES: Readonly<Record<string, readonly string[]>> = {
  iptables: [
    "/usr/lib/x86_64-linux-gnu/xtables",
    "/usr/lib/aarch64-linux-gnu/xtables",
    "/usr/lib64/xtables",
  ],
  curl: ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"],
};

/**
 * Lists the files of this machine that an image needs: the commands, the libraries that the loader finds for them and
 * for `programs`, and all symbolic links between them.
 */
export async function listHostFiles(
  commands: readonly string[],
  programs: readonly string[],
): Promise<string[]> {
  const found = commands.map(findCommand).filter((path) => path !== undefined);
  const further = commands
    .map((command) => FURTHER_FILES[command]?.find(existsSync))
    .filter((path) => path !== undefined);
  const libraries = await Promise.all([...found, ...programs].map(listLibraries));
  return [...new Set([...found, ...further, ...libraries.flat()].flatMap(listLinks))].sort();
}

async function listLibraries(program: string): Promise<string[]> {
  // ldd fails for a static program, which needs none.
  const output = await runCommand("ldd", [realpathSync(program)]).catch(() => "");
  return [...output.matchAll(/(?<=\s)\/\S+/g)].map(([library]) => library);
}

/** A path and, if it is a symbolic link, all that it leads to. Folders are resolved, since /bin and /lib are links. */
function listLinks(path: string): string[] {
  const place = join(realpathSync(dirname(path)), path.split("/").at(-1) ?? "");
  if (!lstatSync(place).isSymbolicLink()) return [place];
  const target = readlinkSync(place);
  return [place, ...listLinks(isAbsolute(target) ? target : join(dirname(place), target))];
}

const findCommand = (command: string) =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find(existsSync);
