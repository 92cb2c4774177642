package kubernetes

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// settings are the provider's configuration.
type settings struct {
	kubeconfig, context, cluster, namespace string
	secretMutable, configMapMutable         bool
	patchForce                              bool
}

// settingNames are the settings that are known; those with false are accepted and change nothing here.
var settingNames = map[string]bool{
	"kubeconfig": true, "context": true, "cluster": true, "namespace": true,
	"enableServerSideApply": true, "enableSecretMutable": true, "enableConfigMapMutable": true,
	"enablePatchForce": true, "suppressDeprecationWarnings": false, "suppressHelmHookWarnings": false,
}

// refuseSettings says which settings this stand-in cannot follow.
func refuseSettings(inputs resource.PropertyMap) map[string]string {
	var names []string
	for name := range settingNames {
		names = append(names, name)
	}
	sort.Strings(names)
	out := map[string]string{}
	for key := range inputs {
		name := string(key)
		internal := strings.HasPrefix(name, "__") || name == "version" || name == "pluginDownloadURL"
		if _, ok := settingNames[name]; !ok && !internal {
			out[name] = "the stand-in for the kubernetes plugin does not know this setting; it knows " +
				strings.Join(names, ", ")
		}
	}
	if v, ok := inputs["enableServerSideApply"]; ok && !v.IsComputed() && !isTrue(v) {
		out["enableServerSideApply"] = "the stand-in for the kubernetes plugin only does Server-Side Apply"
	}
	return out
}

func parseSettings(inputs resource.PropertyMap) settings {
	s := settings{
		kubeconfig: text(inputs["kubeconfig"]), context: text(inputs["context"]), cluster: text(inputs["cluster"]),
		namespace:        text(inputs["namespace"]),
		secretMutable:    isTrue(inputs["enableSecretMutable"]),
		configMapMutable: isTrue(inputs["enableConfigMapMutable"]),
		patchForce:       isTrue(inputs["enablePatchForce"]),
	}
	return s
}

// isTrue takes a boolean, or its JSON text, which is how the SDK sends it.
func isTrue(v resource.PropertyValue) bool {
	v = open(v)
	return v.IsBool() && v.BoolValue() || v.IsString() && v.StringValue() == "true"
}

// text takes a string, or the JSON of an object: a kubeconfig may be either.
func text(v resource.PropertyValue) string {
	v = open(v)
	switch {
	case v.IsString():
		return v.StringValue()
	case v.IsObject():
		raw, err := json.Marshal(object(v.ObjectValue()))
		if err == nil {
			return string(raw)
		}
	}
	return ""
}

func open(v resource.PropertyValue) resource.PropertyValue {
	for v.IsSecret() {
		v = v.SecretValue().Element
	}
	return v
}

// clientConfig resolves the kubeconfig: contents, a path, or what the environment says.
func (s settings) clientConfig() (clientcmd.ClientConfig, error) {
	overrides := &clientcmd.ConfigOverrides{
		CurrentContext: s.context, Context: api.Context{Cluster: s.cluster, Namespace: s.namespace},
	}
	if s.kubeconfig == "" {
		rules := clientcmd.NewDefaultClientConfigLoadingRules()
		return clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, overrides), nil
	}
	config, err := parseKubeconfig(s.kubeconfig)
	if err != nil {
		return nil, fmt.Errorf("failed to parse kubeconfig data in `kubernetes:config:kubeconfig`: %w", err)
	}
	return clientcmd.NewDefaultClientConfig(*config, overrides), nil
}

func parseKubeconfig(pathOrContents string) (*api.Config, error) {
	path := pathOrContents
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, err
		}
		path = filepath.Join(home, rest)
	}
	if _, err := os.Stat(path); err == nil {
		config, err := clientcmd.LoadFromFile(path)
		if err != nil {
			return nil, err
		}
		return config, clientcmd.ResolveLocalPaths(config)
	}
	return clientcmd.Load([]byte(pathOrContents))
}

// replacedBy names the settings whose change means another cluster: all resources have to be made there anew.
func replacedBy(olds, news resource.PropertyMap, changed []resource.PropertyKey) []resource.PropertyKey {
	deciding := []resource.PropertyKey{"kubeconfig", "context", "cluster"}
	for _, key := range deciding {
		if open(news[key]).IsComputed() {
			return []resource.PropertyKey{key}
		}
	}
	old, oldOK := activeCluster(parseSettings(olds))
	now, nowOK := activeCluster(parseSettings(news))
	if !oldOK || !nowOK || old == now {
		return nil
	}
	return slices.DeleteFunc(deciding, func(key resource.PropertyKey) bool { return !slices.Contains(changed, key) })
}

// activeCluster tells a cluster by where it is and whom it trusts.
func activeCluster(s settings) (string, bool) {
	if s.kubeconfig == "" {
		return "", false
	}
	config, err := s.clientConfig()
	if err != nil {
		return "", false
	}
	client, err := config.ClientConfig()
	if err != nil {
		return "", false
	}
	return fmt.Sprintf("%s\n%s\n%s\n%v", client.Host, client.CAData, client.CAFile, client.Insecure), true
}
