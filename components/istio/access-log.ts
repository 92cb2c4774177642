/**
 * Istio's default text format with four more fields: the TLS version to the client, the identity in the client's
 * certificate, the serial numbers of its chain, and the TLS version to the server. With them the log shows who sent a
 * request, which CA signed for it, and how each connection was secured.
 *
 * @see https://istio.io/latest/docs/tasks/observability/logs/access-log/#default-access-log-format
 */
export const ACCESS_LOG_FORMAT =
  [
    "[%START_TIME%]",
    '"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%"',
    "%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS%",
    '"%UPSTREAM_TRANSPORT_FAILURE_REASON%"',
    "%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%",
    '"%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%"',
    '"%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW% %UPSTREAM_LOCAL_ADDRESS%',
    "%DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% %ROUTE_NAME%",
    'downstream_tls=%DOWNSTREAM_TLS_VERSION% downstream_peer="%DOWNSTREAM_PEER_URI_SAN%"',
    "downstream_chain=%DOWNSTREAM_PEER_CHAIN_SERIALS%",
    "upstream_tls=%UPSTREAM_TLS_VERSION%",
  ].join(" ") + "\n";
