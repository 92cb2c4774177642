import { findCommand } from "../lab/prepare/find-command";
import { canInstallPackages, installPackages } from "../lab/prepare/prerequisites";
import { Steps } from "../lab/process/steps";
import { BROWSERS } from "../scripts/browser";

const PACKAGE = "chromium";

/** Installs a browser if the PATH has none, and if it can. Says why the tests of the page cannot run; undefined if they can. */
export async function ensureBrowser(): Promise<string | undefined> {
  if (findCommand(BROWSERS) !== undefined) return undefined;
  const remedy = `They need one of ${BROWSERS.join(", ")} on the PATH. Run: apt-get install -y ${PACKAGE}`;
  if (!canInstallPackages()) return remedy;
  try {
    await installPackages([PACKAGE], new Steps());
  } catch (error) {
    return `${remedy}\n${error instanceof Error ? error.message : String(error)}`;
  }
  return findCommand(BROWSERS) === undefined ? remedy : undefined;
}
