# The protected resources of an exported stack, one line each. Reads the state and not the configuration, because only
# the deployed values protect a resource.
(.deployment.resources // [])[]
| if .protect == true then "\(.urn): protect"
  elif .type == "gcp:container/cluster:Cluster" and .outputs.deletionProtection != false then
    "\(.urn): deletionProtection"
  else empty
  end
