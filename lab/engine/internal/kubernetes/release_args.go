package kubernetes

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

// releaseDefaults are all inputs of a release and what they are when the program does not say.
var releaseDefaults = map[string]any{
	"allowNullValues": false, "atomic": false, "chart": "", "cleanupOnFail": false, "createNamespace": false,
	"dependencyUpdate": false, "description": "", "devel": false, "disableCRDHooks": false,
	"disableOpenapiValidation": false, "disableWebhooks": false, "forceUpdate": false, "keyring": "", "lint": false,
	"name": "", "namespace": "", "postrender": "", "recreatePods": false, "renderSubchartNotes": false,
	"replace": false, "resetValues": false, "reuseValues": false, "skipAwait": false, "skipCrds": false,
	"timeout": int64(0), "values": map[string]any{}, "verify": false, "version": "", "waitForJobs": false,
}

// releaseOptional are inputs that stay away when the program does not give them.
var releaseOptional = map[string]bool{"maxHistory": true, "repositoryOpts": true, "resourceNames": true}

// releaseUnsupported are inputs of the official plugin that this one refuses instead of passing over them.
var releaseUnsupported = []string{"lint", "postrender", "recreatePods"}

// repositoryDefaults likewise, of a chart repository.
var repositoryDefaults = map[string]any{
	"caFile": "", "certFile": "", "keyFile": "", "password": "", "repo": "", "username": "",
}

// release reads the inputs of a release.
type release map[string]any

func (r release) text(name string) string { s, _ := r[name].(string); return s }
func (r release) isTrue(name string) bool { return r[name] == true }
func (r release) id() string              { return string(joinID(r.text("namespace"), r.text("name"))) }

func (r release) seconds() int64 {
	if n, ok := numberAt(r, "timeout"); ok && n > 0 {
		return n
	}
	return 300
}

func (r release) values() ([]byte, error) { return json.Marshal(r["values"]) }

// chartArgs say which chart: a folder or archive, a name in a repository, or an OCI reference.
func (r release) chartArgs() []string {
	chart, repo := strings.TrimSpace(r.text("chart")), textAt(r, "repositoryOpts", "repo")
	var args []string
	switch {
	case repo == "" || strings.HasPrefix(chart, "oci://"):
	case strings.HasPrefix(repo, "oci://"):
		chart = strings.TrimSuffix(repo, "/") + "/" + chart
	case strings.Contains(repo, "://"):
		args = append(args, "--repo", repo)
	default:
		chart = repo + "/" + chart
	}
	for flag, name := range map[string]string{"--ca-file": "caFile", "--cert-file": "certFile", "--key-file": "keyFile"} {
		if file := textAt(r, "repositoryOpts", name); file != "" {
			args = append(args, flag, file)
		}
	}
	if version := r.text("version"); version != "" {
		args = append(args, "--version", version)
	} else if r.isTrue("devel") {
		args = append(args, "--devel")
	}
	if r.isTrue("verify") {
		args = append(args, "--verify")
	}
	if keyring := r.text("keyring"); keyring != "" {
		args = append(args, "--keyring", keyring)
	}
	return append([]string{chart}, args...)
}

// installArgs and upgradeArgs ask of Helm 4 what the official plugin asks of the library of Helm 3: changes from the
// client's side, and its way of waiting. Server-Side Apply would quarrel with istiod over the webhook that it edits.
func (r release) installArgs() []string {
	args := append([]string{"install", r.text("name")}, r.commonArgs()...)
	args = append(args, "--server-side=false")
	return r.flags(args, map[string]string{
		"createNamespace": "--create-namespace", "skipCrds": "--skip-crds", "replace": "--replace",
	})
}

func (r release) upgradeArgs() []string {
	args := append([]string{"upgrade", r.text("name")}, r.commonArgs()...)
	history, _ := numberAt(r, "maxHistory")
	args = append(args, "--server-side=false", fmt.Sprintf("--history-max=%d", history))
	if r.isTrue("reuseValues") && !r.isTrue("resetValues") {
		args = append(args, "--reuse-values")
	} else {
		// Given no values at all, Helm would keep the former ones: values that the program drops would stay.
		args = append(args, "--reset-values")
	}
	return r.flags(args, map[string]string{"cleanupOnFail": "--cleanup-on-fail", "forceUpdate": "--force-replace"})
}

func (r release) commonArgs() []string {
	args := append(r.chartArgs(), "--namespace", r.text("namespace"), "--values", "-",
		"--timeout", fmt.Sprintf("%ds", r.seconds()), "--output", "json", "--hide-notes")
	if description := r.text("description"); description != "" {
		args = append(args, "--description", description)
	}
	if r.isTrue("skipAwait") && !r.isTrue("atomic") {
		args = append(args, "--wait=hookOnly")
	} else {
		args = append(args, "--wait=legacy")
	}
	if r.isTrue("waitForJobs") && !r.isTrue("skipAwait") {
		args = append(args, "--wait-for-jobs")
	}
	return r.flags(args, map[string]string{
		"atomic": "--rollback-on-failure", "dependencyUpdate": "--dependency-update",
		"disableOpenapiValidation": "--disable-openapi-validation", "disableWebhooks": "--no-hooks",
		"renderSubchartNotes": "--render-subchart-notes",
	})
}

// templateArgs render the chart by itself, which shows a broken chart or wrong values before anything is changed.
func (r release) templateArgs() []string {
	return append(append([]string{"template", r.text("name")}, r.chartArgs()...),
		"--namespace", r.text("namespace"), "--values", "-")
}

func (r release) uninstallArgs() []string {
	args := []string{
		"uninstall", r.text("name"), "--namespace", r.text("namespace"),
		"--ignore-not-found", "--timeout", fmt.Sprintf("%ds", r.seconds()),
	}
	if r.isTrue("atomic") || !r.isTrue("skipAwait") {
		args = append(args, "--wait=legacy")
	}
	return args
}

func (r release) flags(args []string, flags map[string]string) []string {
	for name, flag := range flags {
		if r.isTrue(name) {
			args = append(args, flag)
		}
	}
	return args
}

// localChartVersion reads the version of a chart that lies in a folder; Helm is asked about any other.
func localChartVersion(folder string) (string, bool, error) {
	raw, err := os.ReadFile(filepath.Join(folder, "Chart.yaml"))
	if err != nil {
		return "", false, nil
	}
	version, err := chartVersion(raw)
	return version, true, err
}

func chartVersion(chartYaml []byte) (string, error) {
	var chart struct {
		Version string `json:"version"`
		Type    string `json:"type"`
	}
	if err := yaml.Unmarshal(chartYaml, &chart); err != nil {
		return "", err
	}
	if chart.Type != "" && chart.Type != "application" {
		return "", fmt.Errorf("%s charts are not installable", chart.Type)
	}
	return chart.Version, nil
}
