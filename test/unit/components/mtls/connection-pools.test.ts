import { expect, test } from "vitest";

import {
  HTTP2_POOL,
  SERVICE_POOL,
  WEBSOCKET_POOL,
} from "../../../../components/mtls/connection-pools";

/** The shortest time after which common middleboxes forget an idle connection: that of Azure's load balancers. */
const FORGOTTEN_SECONDS = 240;

const seconds = (duration = "") => Number(/^(\d+)s$/.exec(duration)?.[1] ?? Number.NaN);

test.each(Object.entries({ HTTP2_POOL, WEBSOCKET_POOL, SERVICE_POOL }))(
  "%s ends idle connections, and sends keepalives, before a middlebox forgets them",
  (_, { tcp, http }) => {
    expect(seconds(http?.idleTimeout)).toBeLessThan(FORGOTTEN_SECONDS);
    const { time, interval, probes = Number.NaN } = tcp?.tcpKeepalive ?? {};
    expect(seconds(time) + seconds(interval) * probes).toBeLessThan(FORGOTTEN_SECONDS);
  },
);

test("a dead connection of HTTP/2 is noticed within 10 s", () => {
  const { interval, timeout } = HTTP2_POOL.http?.http2KeepAlive ?? {};
  expect(seconds(interval) + seconds(timeout)).toBeLessThanOrEqual(10);
});

test("connections to services keep the protocol that the Service declares", () => {
  expect(SERVICE_POOL.http).not.toHaveProperty("h2UpgradePolicy");
});
