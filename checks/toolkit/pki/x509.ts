// The library resolves its own parts by decorators, which need this first.
import "reflect-metadata";

import * as x509 from "@peculiar/x509";

export { x509 };
