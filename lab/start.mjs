// `npm run lab`. Plain JavaScript without dependencies: it runs when there are no packages yet.
import { runWithPackages } from "./prepare/npm-packages.mjs";

await runWithPackages(new URL("./launch.ts", import.meta.url));
