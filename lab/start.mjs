// `npm run lab`. Plain JavaScript without dependencies: it runs when there are no packages yet.
import { withPackages } from "./prepare/packages.mjs";

await withPackages(new URL("./launch.ts", import.meta.url));
