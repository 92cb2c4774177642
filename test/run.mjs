// `npm test`. Plain JavaScript without dependencies: it runs when there are no packages yet.
import { withPackages } from "../lab/prepare/packages.mjs";

await withPackages(new URL("./run.ts", import.meta.url));
