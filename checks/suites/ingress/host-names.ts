import type { Check } from "../../check";
import { testCertificates } from "../../toolkit/fixtures/test-certificates";
import { probeIngress, type ProbeOverrides } from "../../toolkit/probe/ingress";
import {
  describeRefusal,
  isRefused,
  POLICY_DENIED,
  type Refusal,
} from "../../toolkit/probe/refusal";
import { describeResult } from "../../toolkit/probe/result";

const UNKNOWN = "unknown.invalid";

const HOSTS = {
  requirement: "unknown-host-refused",
  why: "An admitted client reaches only the hosts that the server exposes.",
} as const;

/** Requests of an admitted client for hosts that the ingress gateway does not serve. */
export const hostNames: readonly Check[] = [
  expectHostRefused({
    ...HOSTS,
    slug: "ingress/unknown-sni",
    title: "an unknown host as SNI",
    threat: "A client finds another listener or certificate of the gateway by its name.",
    // No filter chain matches this SNI, so Envoy closes the connection and sends no alert.
    refusal: { closed: true },
    overrides: { sni: UNKNOWN, host: UNKNOWN },
  }),
  expectHostRefused({
    ...HOSTS,
    slug: "ingress/host-differs-from-sni",
    title: "a Host header that differs from the SNI",
    threat: "A client opens a connection to one host and reaches another one through it.",
    // The authorization policy lists hosts as well as identities.
    refusal: POLICY_DENIED,
    overrides: { host: UNKNOWN },
  }),
];

interface HostRefusal extends Omit<Check, "expected" | "expectedFor" | "run"> {
  readonly refusal: Refusal;
  readonly overrides: ProbeOverrides;
}

function expectHostRefused({ refusal, overrides, ...check }: HostRefusal): Check {
  return {
    ...check,
    expected: describeRefusal(refusal),
    async run({ meshes, use }) {
      const { admitted } = await use(testCertificates);
      const result = await probeIngress(meshes, { ...overrides, credential: admitted });
      return { pass: isRefused(result, refusal), observed: describeResult(result) };
    },
  };
}
