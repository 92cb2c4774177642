import { certs } from "./certs";

void certs(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
