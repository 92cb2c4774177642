// `npm test`. Plain JavaScript without dependencies, because it runs before the packages are installed.
import { runWithPackages } from "../lab/prepare/npm-packages.mjs";

await runWithPackages(new URL("./run.ts", import.meta.url));
