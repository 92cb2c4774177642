import { type Check, saw } from "../check";
import { object, output } from "../toolkit/kubectl";
import { plainProbe } from "../toolkit/probe/plain-probe";
import { describeRefusal, isRefused, type Refusal } from "../toolkit/probe/refusal";
import { describeResult } from "../toolkit/probe/result";

const CLOSED: Refusal = { reset: true };
const HTTPS = 443;
/** Ports that every Istio gateway has for its own cluster: metrics and health. Its Service does not open them. */
const ISTIO_PORTS = [15090, 15021];

/** The ingress gateway speaks TLS and nothing else. */
export const plainHttp: readonly Check[] = [
  {
    id: 18,
    name: "plain HTTP on the TLS port",
    expected: describeRefusal(CLOSED),
    async run({ meshes }) {
      const [host] = meshes.hosts;
      const result = await plainProbe({ ...meshes.ingress, host });
      return saw(isRefused(result, CLOSED), describeResult(result));
    },
  },
  {
    id: 18,
    name: "HTTP on port 80",
    expected: `the Service opens ${HTTPS} alone, and the gateway listens on nothing else`,
    // By what is there, not by trying: load balancers drop what they do not know, and silence proves nothing.
    async run({ meshes: { server } }) {
      const { namespace, name } = server.ingressGateway;
      const { spec } = await object<{
        readonly spec: { readonly ports: readonly { readonly port: number }[] };
      }>(server.kubectl, ["service", name, "-n", namespace]);
      const open = spec.ports.map(({ port }) => port);
      const listeners = await output(server.kubectl, [
        ...["exec", "-n", namespace, `deploy/${name}`, "-c", "istio-proxy", "--"],
        ...["pilot-agent", "request", "GET", "listeners"],
      ]);
      const listening = [...listeners.matchAll(/::.*:(\d+)$/gm)]
        .map(([, port]) => Number(port))
        .filter((port) => !ISTIO_PORTS.includes(port));
      const only443 = (ports: readonly number[]) => ports.every((port) => port === HTTPS);
      return saw(
        open.length > 0 && listening.length > 0 && only443(open) && only443(listening),
        `the Service opens ${open.join(", ")}; the gateway listens on ${listening.join(", ")}`,
      );
    },
  },
];
