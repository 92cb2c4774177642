# Resources of an exported stack that may not be deleted, one line each. Reads the state: what counts is what was
# deployed, not what the configuration says.
(.deployment.resources // [])[]
| if .protect == true then "\(.urn): protect"
  elif .type == "gcp:container/cluster:Cluster" and .outputs.deletionProtection != false then
    "\(.urn): deletionProtection"
  else empty
  end
