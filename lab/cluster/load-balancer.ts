import { setTimeout as delay } from "node:timers/promises";

import type { ApiClient } from "./api-client";

interface Service {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly type?: string };
  readonly status: { readonly loadBalancer?: { readonly ingress?: { readonly ip?: string }[] } };
}

/** Annotation of a Service that gets more than one address, as some controllers give. */
const ADDRESSES = "lab/addresses";

const INTERVAL_MS = 200;

/** Assigns a free address of the range to each Service of type LoadBalancer, as a cloud's controller does. Never ends. */
export async function assignAddresses(client: ApiClient, cidr: string): Promise<never> {
  for (;;) {
    // Tries again after an error, as every controller does.
    await assignOnce(client, cidr).catch(() => undefined);
    await delay(INTERVAL_MS);
  }
}

/** Assigns addresses to each Service that has none yet. */
export async function assignOnce(
  client: Pick<ApiClient, "getJson" | "apply">,
  cidr: string,
): Promise<void> {
  const { items } = await client.getJson<{ items: Service[] }>("/api/v1/services");
  const addressesOf = ({ status }: Service) => status.loadBalancer?.ingress ?? [];
  const taken = new Set(items.flatMap(addressesOf).map(({ ip }) => ip));
  for (const service of items) {
    const { name, namespace, annotations = {} } = service.metadata;
    if (service.spec.type !== "LoadBalancer" || addressesOf(service).length > 0) continue;
    const count = Number(annotations[ADDRESSES] ?? 1);
    const free = listAddresses(cidr).filter((address) => !taken.has(address));
    if (free.length < count) return;
    const ingress = free.slice(0, count).map((ip) => ({ ip }));
    for (const { ip } of ingress) taken.add(ip);
    await client.apply({
      path: `/api/v1/namespaces/${namespace}/services/${name}/status`,
      object: {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name, namespace },
        status: { loadBalancer: { ingress } },
      },
    });
  }
}

function listAddresses(cidr: string): string[] {
  const [network = "", prefix = "32"] = cidr.split("/");
  const [a, b, c, d = 0] = network.split(".").map(Number);
  const count = 2 ** (32 - Number(prefix));
  return Array.from({ length: count - 2 }, (_, i) => `${a}.${b}.${c}.${d + i + 1}`);
}
