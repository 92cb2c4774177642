import { existsSync, lstatSync } from "node:fs";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { runCommand } from "../process/run-command";

/** The same files give the same layer, so that images share it. */
const TAR = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];

const PASSWD = `root:x:0:0:root:/root:/bin/sh
curl_user:x:100:101::/home/curl_user:/bin/sh
istio-proxy:x:1337:1337::/home/istio-proxy:/bin/sh
nonroot:x:65532:65532::/home/nonroot:/bin/sh
`;
const GROUP = `root:x:0:
curl_group:x:101:
istio-proxy:x:1337:
nonroot:x:65532:
`;

/** Folders of the root that are symbolic links on most machines. The paths of host files depend on them. */
const ROOT_LINKS = ["/bin", "/sbin", "/lib", "/lib64"].filter(
  (path) => existsSync(path) && lstatSync(path).isSymbolicLink(),
);

/** Writes a layer with files of this machine at the same paths. */
export async function writeHostLayer(tar: string, files: readonly string[]): Promise<void> {
  const list = [...ROOT_LINKS, ...files].map((path) => path.slice(1)).join("\n");
  await runCommand("tar", [...TAR, "-C", "/", "-cf", tar, "-T", "-"], { input: list });
}

/** Writes a layer with an image's own files, and with the files that every image has. */
export async function writeFileLayer(
  tar: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const stage = `${tar}.stage`;
  for (const folder of ["etc", "root", "tmp"])
    await mkdir(join(stage, folder), { recursive: true });
  await chmod(join(stage, "tmp"), 0o1777);
  await writeFile(join(stage, "etc/passwd"), PASSWD);
  await writeFile(join(stage, "etc/group"), GROUP);
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(stage, path)), { recursive: true });
    await symlink(source, join(stage, path));
  }
  await runCommand("tar", [...TAR, "--hard-dereference", "-h", "-C", stage, "-cf", tar, "."]);
  await rm(stage, { recursive: true });
}
