/** Names and images of the samples. The checks and the lab use them too. */
export const HTTPBIN = "httpbin";
export const HTTPBIN_IMAGE = "ghcr.io/mccutchen/go-httpbin:2.26.0";
export const TEST_POD = "client";
export const CURL_IMAGE = "docker.io/curlimages/curl:8.16.0";
