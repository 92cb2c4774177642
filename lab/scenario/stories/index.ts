import type { ScenarioName } from "../scenarios";
import type { Story } from "../story";
import { callers } from "./callers";
import { failover } from "./failover";
import { bothRoles } from "./both-roles";
import { expiredList } from "./expired-list";
import { faults } from "./faults";
import { givenCa } from "./given-ca";
import { grpc } from "./grpc";
import { ingressDns } from "./ingress-dns";
import { interruptedDestroy } from "./interrupted-destroy";
import { killedUp } from "./killed-up";
import { limits } from "./limits";
import { networkFaults } from "./network-faults";
import { revoke } from "./revoke";
import { revokeLive } from "./revoke-live";
import { rotateIntermediate, rotateLeaf } from "./rotate";
import { rotateRoot } from "./rotate-root";
import { routes } from "./routes";
import { serviceTls } from "./service-tls";
import { signingRequest } from "./signing-request";
import { twoServers } from "./two-servers";
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
  "service-tls": serviceTls,
  routes,
  limits,
  callers,
  failover,
  "both-roles": bothRoles,
  "two-servers": twoServers,
  "expired-list": expiredList,
  faults,
  "network-faults": networkFaults,
  "ingress-dns": ingressDns,
  "killed-up": killedUp,
  "interrupted-destroy": interruptedDestroy,
};
