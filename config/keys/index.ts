import type { Values } from "../key";
import { clientKeys } from "./client";
import { commonKeys } from "./common";
import { serverKeys } from "./server";

export { clientKeys, commonKeys, serverKeys };

/** Checked values of the keys of both stacks. */
export type CommonValues = Values<typeof commonKeys>;
/** Checked values of the keys of the server stack. */
export type ServerValues = CommonValues & Values<typeof serverKeys>;
/** Checked values of the keys of the client stack. */
export type ClientValues = CommonValues & Values<typeof clientKeys>;
