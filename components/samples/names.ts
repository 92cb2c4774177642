/** Names and images of the samples. The checks and the lab use them too. */
export const HTTPBIN = "httpbin";
export const HTTPBIN_IMAGE = "ghcr.io/mccutchen/go-httpbin:2.26.0";
/** TCP port of httpbin in its pod. */
export const HTTPBIN_POD_PORT = 8080;
/**
 * How long httpbin keeps an idle connection, by its environment variable `SRV_READ_TIMEOUT`: longer than Envoy, which keeps one for
 * an hour. The default of 5 s ends connections as requests arrive. Then the caller gets 503.
 */
export const HTTPBIN_IDLE_TIMEOUT = "65m";
export const TEST_POD = "client";
export const CURL_IMAGE = "docker.io/curlimages/curl:8.16.0";
