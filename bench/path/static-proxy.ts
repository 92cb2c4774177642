/** Files of a TLS credential. */
export interface CredentialFiles {
  readonly chain: string;
  readonly key: string;
  readonly trustAnchor: string;
}

/** One Envoy of the static chain. */
export interface StaticProxy {
  readonly name: string;
  readonly port: number;
  /** Accepts mutual TLS with this credential. Without it, accepts plaintext. */
  readonly server?: CredentialFiles;
  readonly upstream: {
    /** IP address or DNS name. If the name has several addresses, requests go to each in turn. */
    readonly address: string;
    readonly port: number;
    /** Connects by mutual TLS and HTTP/2. Without it, by HTTP/1.1 in plaintext. */
    readonly tls?: { readonly client: CredentialFiles; readonly host: string };
  };
}

const TYPE = "type.googleapis.com/envoy";
const HTTP_MANAGER = `${TYPE}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`;

/** The configuration of an Envoy that only passes requests on: no log, no statistics per request, no policy. */
export function buildStaticProxy({ name, port, server, upstream }: StaticProxy): object {
  return {
    static_resources: {
      listeners: [
        {
          name,
          address: socketAddress("0.0.0.0", port),
          filter_chains: [
            {
              filters: [httpManager(name, { cluster: "next", timeout: "0s" })],
              ...(server && { transport_socket: downstreamTls(server) }),
            },
          ],
        },
      ],
      clusters: [
        {
          name: "next",
          type: "STRICT_DNS",
          dns_lookup_family: "V4_ONLY",
          connect_timeout: "5s",
          load_assignment: {
            cluster_name: "next",
            endpoints: [
              {
                lb_endpoints: [
                  { endpoint: { address: socketAddress(upstream.address, upstream.port) } },
                ],
              },
            ],
          },
          circuit_breakers: { thresholds: [UNLIMITED] },
          ...(upstream.tls && {
            typed_extension_protocol_options: HTTP2,
            transport_socket: upstreamTls(upstream.tls.client, upstream.tls.host),
          }),
        },
      ],
    },
  };
}

/** Envoy's default of 1,024 would refuse requests of an open loop. */
const UNLIMITED = {
  max_connections: 100_000,
  max_pending_requests: 100_000,
  max_requests: 100_000,
};

const HTTP2 = {
  "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
    "@type": `${TYPE}.extensions.upstreams.http.v3.HttpProtocolOptions`,
    explicit_http_config: { http2_protocol_options: {} },
  },
};

const socketAddress = (address: string, port: number) => ({
  socket_address: { address, port_value: port },
});

/** A filter that answers or passes on every HTTP request. */
export function httpManager(
  name: string,
  action: { readonly cluster: string; readonly timeout: string } | { readonly status: number },
): object {
  return {
    name: "envoy.filters.network.http_connection_manager",
    typed_config: {
      "@type": HTTP_MANAGER,
      stat_prefix: name,
      generate_request_id: false,
      server_header_transformation: "PASS_THROUGH",
      route_config: {
        virtual_hosts: [
          {
            name: "all",
            domains: ["*"],
            routes: [
              {
                match: { prefix: "/" },
                ...("status" in action ? { direct_response: action } : { route: action }),
              },
            ],
          },
        ],
      },
      http_filters: [
        {
          name: "envoy.filters.http.router",
          typed_config: {
            "@type": `${TYPE}.extensions.filters.http.router.v3.Router`,
            dynamic_stats: false,
            suppress_envoy_headers: true,
          },
        },
      ],
    },
  };
}

/** TLS of a listener that requires a client certificate. */
export function downstreamTls(
  { chain, key, trustAnchor }: CredentialFiles,
  revocationLists?: string,
): object {
  return {
    name: "envoy.transport_sockets.tls",
    typed_config: {
      "@type": `${TYPE}.extensions.transport_sockets.tls.v3.DownstreamTlsContext`,
      require_client_certificate: true,
      common_tls_context: {
        alpn_protocols: ["h2", "http/1.1"],
        tls_certificates: [
          { certificate_chain: { filename: chain }, private_key: { filename: key } },
        ],
        validation_context: {
          trusted_ca: { filename: trustAnchor },
          ...(revocationLists !== undefined && { crl: { filename: revocationLists } }),
        },
      },
    },
  };
}

function upstreamTls({ chain, key, trustAnchor }: CredentialFiles, host: string): object {
  return {
    name: "envoy.transport_sockets.tls",
    typed_config: {
      "@type": `${TYPE}.extensions.transport_sockets.tls.v3.UpstreamTlsContext`,
      sni: host,
      common_tls_context: {
        alpn_protocols: ["h2"],
        tls_certificates: [
          { certificate_chain: { filename: chain }, private_key: { filename: key } },
        ],
        validation_context: {
          trusted_ca: { filename: trustAnchor },
          match_typed_subject_alt_names: [{ san_type: "DNS", matcher: { exact: host } }],
        },
      },
    },
  };
}
