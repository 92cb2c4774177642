// This file is JavaScript, because Pulumi would compile TypeScript with the settings of the folder that `pulumi` runs in,
// and would check all types at each start. tsx compiles with this project's settings and does not check types.
const { join } = require("node:path");

process.env.TSX_TSCONFIG_PATH = join(__dirname, "../tsconfig.json");
require("tsx/cjs");

module.exports = require("./provider.ts").serve;
