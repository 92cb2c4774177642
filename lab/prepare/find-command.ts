import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Whether the PATH has a command. */
export function hasCommand(name: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The first of some commands that the PATH has. */
export function findCommand(names: readonly string[]): string | undefined {
  return names.find(hasCommand);
}
