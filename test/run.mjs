// `npm test`. Plain JavaScript without dependencies: it runs when there are no packages yet.
import { runWithPackages } from "../lab/prepare/npm-packages.mjs";

await runWithPackages(new URL("./run.ts", import.meta.url));
