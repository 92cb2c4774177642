package kubernetes

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
)

// checkRelease completes the inputs by defaults and by the version of the chart that is really meant.
func (p *Provider) checkRelease(ctx context.Context, req plugin.CheckRequest) (plugin.CheckResponse, error) {
	inputs := req.News.Copy()
	failures := refuseRelease(inputs)
	if len(failures) > 0 {
		return plugin.CheckResponse{Properties: req.News, Failures: failures}, nil
	}
	if err := nameRelease(inputs, req); err != nil {
		return plugin.CheckResponse{}, err
	}
	if !inputs.HasValue("namespace") && p.cluster != nil {
		inputs["namespace"] = resource.NewStringProperty(p.cluster.namespace)
	}
	skip := inputs["skipAwait"]
	if !inputs.HasValue("timeout") && !(skip.IsBool() && skip.BoolValue()) {
		inputs["timeout"] = resource.NewNumberProperty(300)
	}
	complete(inputs, releaseDefaults)
	if opts, ok := inputs["repositoryOpts"]; ok && opts.IsObject() {
		given := opts.ObjectValue().Copy()
		complete(given, repositoryDefaults)
		inputs["repositoryOpts"] = resource.NewObjectProperty(given)
	}
	// The SDK adds it for the former form of the resource.
	delete(inputs, "compat")
	delete(inputs, "resourceNames")
	if !inputs.ContainsUnknowns() {
		version, err := p.resolveVersion(ctx, release(object(inputs)))
		if err != nil {
			failures = append(failures, plugin.CheckFailure{
				Property: "chart", Reason: fmt.Sprintf("%v; check the chart name and repository configuration.", err),
			})
		} else {
			inputs["version"] = resource.NewStringProperty(version)
		}
	}
	return plugin.CheckResponse{Properties: inputs, Failures: failures}, nil
}

// refuseRelease names the inputs that this stand-in does not know or could not follow.
func refuseRelease(inputs resource.PropertyMap) []plugin.CheckFailure {
	var failures []plugin.CheckFailure
	fail := func(key resource.PropertyKey, reason string) {
		failures = append(failures, plugin.CheckFailure{Property: key, Reason: reason})
	}
	given := release(object(inputs))
	for key := range inputs {
		name := string(key)
		_, known := releaseDefaults[name]
		switch {
		case strings.HasPrefix(name, "__"), name == "compat":
		case !known && !releaseOptional[name]:
			fail(key, "the stand-in for the kubernetes plugin does not know this property of a Release")
		case slices.Contains(releaseUnsupported, name) && (given.isTrue(name) || given.text(name) != ""):
			fail(key, "the stand-in for the kubernetes plugin does not support this property of a Release")
		}
	}
	opts, _ := given["repositoryOpts"].(map[string]any)
	for name := range opts {
		key := resource.PropertyKey("repositoryOpts." + name)
		if _, known := repositoryDefaults[name]; !known {
			fail(key, "unknown property")
		}
		if name == "username" || name == "password" {
			if textAt(opts, name) != "" {
				fail(key, "the stand-in for the kubernetes plugin does not support credentials of a chart repository")
			}
		}
	}
	if !inputs.HasValue("chart") {
		fail("chart", "missing required property")
	}
	sort.Slice(failures, func(i, j int) bool { return failures[i].Property < failures[j].Property })
	return failures
}

func nameRelease(inputs resource.PropertyMap, req plugin.CheckRequest) error {
	if v, ok := inputs["name"]; ok && !(v.IsString() && v.StringValue() == "") {
		return nil
	}
	if old, ok := req.Olds["name"]; ok {
		inputs["name"] = old
		return nil
	}
	name, err := resource.NewUniqueHex(req.URN.Name()+"-", 0, 0)
	if err != nil {
		return err
	}
	inputs["name"] = resource.NewStringProperty(name)
	return nil
}

func complete(inputs resource.PropertyMap, defaults map[string]any) {
	for name, v := range defaults {
		if key := resource.PropertyKey(name); !inputs.HasValue(key) {
			inputs[key] = resource.NewPropertyValue(v)
		}
	}
}

// resolveVersion turns a chart's version constraint into the version that it selects now.
func (p *Provider) resolveVersion(ctx context.Context, r release) (string, error) {
	chart := r.chartArgs()
	if version, found, err := localChartVersion(chart[0]); found {
		return version, err
	}
	shown, err := helm(ctx, nil, nil, append([]string{"show", "chart"}, chart...)...)
	if err != nil {
		return "", err
	}
	return chartVersion(shown)
}

// diffRelease compares the release as it is known with the inputs: what the program gives now, and what it gave before
// and no longer does.
func diffRelease(req plugin.DiffRequest) (plugin.DiffResponse, error) {
	was := object(req.OldOutputs)
	before, _ := was["__inputs"].(map[string]any)
	delete(was, "__inputs")
	inputs := object(req.NewInputs)
	detail, err := detailed(threeWay(nil, before, was, inputs), req.IgnoreChanges, func(d difference) bool {
		return d.touches("name") || d.touches("namespace")
	})
	if err != nil {
		return plugin.DiffResponse{}, err
	}
	result := plugin.DiffResult{Changes: plugin.DiffNone, DetailedDiff: detail}
	changed := map[resource.PropertyKey]bool{}
	for path := range detail {
		top, _, _ := strings.Cut(path, ".")
		top, _, _ = strings.Cut(top, "[")
		changed[resource.PropertyKey(top)] = true
	}
	for key := range changed {
		result.Changes = plugin.DiffSome
		result.ChangedKeys = append(result.ChangedKeys, key)
	}
	slices.Sort(result.ChangedKeys)
	return result, nil
}

// threeWay finds what new adds or changes against what is, and what it drops of what it gave before. What others added in
// the meantime stays.
func threeWay(path []any, before, was, new map[string]any) []difference {
	var out []difference
	for key, v := range new {
		here := append(slices.Clone(path), key)
		current, there := was[key]
		currentMap, isMap := current.(map[string]any)
		newMap, staysMap := v.(map[string]any)
		switch {
		case !there:
			out = append(out, difference{here, plugin.DiffAdd, v})
		case isMap && staysMap:
			beforeMap, _ := before[key].(map[string]any)
			out = append(out, threeWay(here, beforeMap, currentMap, newMap)...)
		default:
			out = append(out, differences(here, current, v)...)
		}
	}
	for key := range before {
		_, stays := new[key]
		if _, there := was[key]; there && !stays {
			out = append(out, difference{append(slices.Clone(path), key), plugin.DiffDelete, nil})
		}
	}
	return out
}
