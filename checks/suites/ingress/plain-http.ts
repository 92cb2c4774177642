import type { Check } from "../../check";
import { getObject, requireOutput } from "../../toolkit/kubectl";
import { plainProbe } from "../../toolkit/probe/plain-probe";
import { describeRefusal, isRefused, type Refusal } from "../../toolkit/probe/refusal";
import { describeResult } from "../../toolkit/probe/result";
import { PROXY_CONTAINER } from "../../toolkit/pods/container";

const CLOSED: Refusal = { closed: true };
const HTTPS = 443;
/** Ports of every Istio gateway for its own cluster: metrics and health. Its Service does not open them. */
const INTERNAL_PORTS = [15090, 15021];

const TLS_ONLY = {
  requirement: "plain-http-refused",
  why: "The ingress gateway speaks TLS only.",
} as const;

/** Plain HTTP to the ingress gateway. */
export const plainHttpToIngress: readonly Check[] = [
  {
    ...TLS_ONLY,
    slug: "ingress/plain-http-on-tls-port",
    title: "plain HTTP on port 443",
    expected: describeRefusal(CLOSED),
    threat: "A request without TLS, and so without a client certificate, reaches the service.",
    async run({ meshes }) {
      const [host] = meshes.hosts;
      const result = await plainProbe({ ...meshes.ingress, host });
      return { pass: isRefused(result, CLOSED), observed: describeResult(result) };
    },
  },
  {
    ...TLS_ONLY,
    slug: "ingress/no-other-port",
    title: "other open ports, such as 80",
    expected: `the Service opens ${HTTPS} only, and the gateway listens on nothing else`,
    threat: "A second listener without mutual TLS leads to the same services.",
    // Read from the objects. Load balancers drop packets to closed ports, and a time-out proves nothing.
    async run({ meshes: { server } }) {
      const { namespace, name } = server.ingressGateway;
      const { spec } = await getObject<{
        readonly spec: { readonly ports: readonly { readonly port: number }[] };
      }>(server.kubectl, ["service", name, "-n", namespace]);
      const open = spec.ports.map(({ port }) => port);
      const listeners = await requireOutput(server.kubectl, [
        ...["exec", "-n", namespace, `deploy/${name}`, "-c", PROXY_CONTAINER, "--"],
        ...["pilot-agent", "request", "GET", "listeners"],
      ]);
      const listening = [...listeners.matchAll(/::.*:(\d+)$/gm)]
        .map(([, port]) => Number(port))
        .filter((port) => !INTERNAL_PORTS.includes(port));
      const isHttpsOnly = (ports: readonly number[]) =>
        ports.length > 0 && ports.every((port) => port === HTTPS);
      return {
        pass: isHttpsOnly(open) && isHttpsOnly(listening),
        observed: `the Service opens ${open.join(", ")}; the gateway listens on ${listening.join(", ")}`,
      };
    },
  },
];
