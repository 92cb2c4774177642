// `npm run lab`. Plain JavaScript without dependencies, because it runs before the packages are installed.
import { runWithPackages } from "./prepare/npm-packages.mjs";

await runWithPackages(new URL("./launch.ts", import.meta.url));
