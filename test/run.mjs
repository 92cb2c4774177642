// `npm test`. Plain JavaScript without dependencies: it runs when there are no packages yet.
import { createRequire } from "node:module";

import { ensurePackages } from "../lab/prepare/packages.mjs";

try {
  await ensurePackages();
} catch (error) {
  console.error(`The packages cannot be installed: ${error.message}`);
  process.exit(1);
}
const require = createRequire(import.meta.url);
require("tsx/cjs/api").register();
require("./run.ts");
