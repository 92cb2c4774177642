import { program } from "./program";

// A function, so that nothing runs on import: Pulumi calls it and takes what it returns as the stack's outputs.
module.exports = program;
