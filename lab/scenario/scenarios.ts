import { labClients } from "../program/lab-clients";
import { GATEWAY_VALUES } from "../program/lab-config";

/** A shape of the deployment, and perhaps a story that the lab tells on it before the checks. */
interface Scenario {
  /** What it is, for `--help`. */
  readonly summary: string;
  /** Settings, as in `--set`. */
  readonly set?: readonly string[];
}

/** Revision of the Istio of the scenario `existing-istio`. */
export const PLATFORM_REVISION = "platform";

/** The scenarios of `--scenario`, by name. This file loads quickly, because `--help` reads it. */
export const SCENARIOS = {
  default: { summary: "load balancer, dedicated egress gateway, keys made by the server" },
  "nodeport-shared-egress": {
    summary: "NodePort, shared egress gateway",
    set: [
      "server:ingressType=NodePort",
      "server:ingressNodeAddress=203.0.113.10",
      `server:clients=${JSON.stringify(labClients({ namespace: "istio-system" }))}`,
      "client:egressGateway=shared",
    ],
  },
  monitoring: {
    summary: "Prometheus, Grafana and Kiali in both clusters; needs --images official",
  },
  "signing-request": {
    summary: "the client mesh makes its CA's key; moves to a key of the server and back",
    set: ["client:intermediateKey=client"],
  },
  "upgrade-istio": { summary: "upgrades Istio in both meshes with a canary revision" },
  "rotate-leaf": { summary: "replaces the key and certificate of each gateway" },
  "rotate-intermediate": { summary: "replaces the key and certificate of each mesh's CA" },
  "rotate-root": {
    summary: "replaces the root of both meshes: trusts both, moves, drops the old one",
  },
  "given-ca": { summary: "moves both meshes to intermediates of another PKI" },
  revoke: { summary: "revokes a certificate of the client, and takes that back" },
  "revoke-live": {
    summary:
      "takes the access of a client with a live connection away in three ways, and gives it back",
  },
  "expired-list": {
    summary: "lets the revocation list of a client expire, and ends the outage as documented",
  },
  grpc: { summary: "calls a gRPC service, and gets its trailers" },
  "service-tls": {
    summary: "calls a service without a sidecar, and services with their own certificates",
  },
  routes: { summary: "gives paths of a service time-outs and retries" },
  limits: {
    summary:
      "sends large headers, and large and slow bodies, for two minutes; sets a limit for slow answers",
  },
  callers: { summary: "lets applications in namespaces of other teams call the server" },
  failover: {
    summary: "cuts one of two addresses of the ingress gateway, 5 times",
    set: ['server:ingressAnnotations={"lab/addresses":"2"}'],
  },
  "existing-istio": {
    summary: "both stacks use an existing Istio, with its own CA",
    set: [
      `existingIstio=${JSON.stringify({ revision: PLATFORM_REVISION })}`,
      // The program refuses values for a control plane that is not its own.
      `istioValues=${JSON.stringify({ gateway: GATEWAY_VALUES })}`,
    ],
  },
  "both-roles": {
    summary: "each mesh also gets a stack of the other role, so that calls go in both directions",
  },
  "two-servers": {
    summary: "lets the client call a second server, which has another root",
  },
  faults: {
    summary:
      "kills istiod, both gateways, kubelets, containerds and API servers, deletes and garbles a credential, 10 times each",
  },
  "network-faults": {
    summary: "cuts the network between the meshes, and drops their connections, 10 times each",
  },
  "ingress-dns": {
    summary:
      "moves the DNS name of the ingress to another address, 10 times with the old one, 10 times without",
  },
  "interrupted-destroy": {
    summary:
      "interrupts `pulumi destroy` of both stacks with Ctrl-C and SIGKILL at random moments, 5 times each, and finishes it",
  },
  "killed-up": { summary: "kills `pulumi up` with SIGKILL at random moments, 20 times" },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof SCENARIOS;

/** The settings of a scenario, as in `--set`. */
export function listSettings(name: ScenarioName): readonly string[] {
  const { set = [] }: Scenario = SCENARIOS[name];
  return set;
}

/** @throws Error that lists all names */
export function parseScenario(name: string): ScenarioName {
  if (Object.hasOwn(SCENARIOS, name)) return name as ScenarioName;
  const names = Object.keys(SCENARIOS).join(", ");
  throw new Error(`--scenario: must be one of ${names} (got "${name}"): as in --scenario default`);
}
