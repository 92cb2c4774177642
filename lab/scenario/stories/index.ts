import type { ScenarioName } from "../scenarios";
import type { Story } from "../story";
import { faults } from "./faults";
import { givenCa } from "./given-ca";
import { grpc } from "./grpc";
import { killedUp } from "./killed-up";
import { networkFaults } from "./network-faults";
import { revoke } from "./revoke";
import { revokeLive } from "./revoke-live";
import { rotateIntermediate, rotateLeaf } from "./rotate";
import { rotateRoot } from "./rotate-root";
import { signingRequest } from "./signing-request";
import { upgradeIstio } from "./upgrade-istio";

/** The stories, by scenario. The other scenarios are only shapes. */
export const STORIES: Readonly<Partial<Record<ScenarioName, Story>>> = {
  "signing-request": signingRequest,
  "upgrade-istio": upgradeIstio,
  "rotate-leaf": rotateLeaf,
  "rotate-intermediate": rotateIntermediate,
  "rotate-root": rotateRoot,
  "given-ca": givenCa,
  revoke,
  "revoke-live": revokeLive,
  grpc,
  faults,
  "network-faults": networkFaults,
  "killed-up": killedUp,
};
