// @peculiar/x509 injects its own parts with decorators, which need this import first.
import "reflect-metadata";

import * as x509 from "@peculiar/x509";

export { x509 };
