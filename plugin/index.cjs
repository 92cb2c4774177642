// Plain JavaScript: Pulumi compiles a plugin's TypeScript by the settings of whatever folder `pulumi` runs in, and checks
// all types at each start. tsx takes over, by the project's own settings, and checks nothing.
const { join } = require("node:path");

process.env.TSX_TSCONFIG_PATH = join(__dirname, "../tsconfig.json");
require("tsx/cjs");

module.exports = require("./provider.ts").serve;
