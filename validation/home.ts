import { homedir } from "node:os";

/** A path with `~` replaced by the home directory. */
export function expandHome(path: string): string {
  return path.replace(/^~(?=\/)/, homedir());
}
