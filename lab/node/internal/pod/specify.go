package pod

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/uuid"

	"lab/node/internal/config"
	"lab/node/internal/container"
	"lab/node/internal/env"
	"lab/node/internal/logs"
	"lab/node/internal/sandbox"
)

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// specify works out what to run for a container, and where. An error is one of its configuration.
func (w *worker) specify(pod *corev1.Pod, c *containerState, image *config.Image) (*container.Spec, error) {
	identity, err := identify(pod, c.spec, image)
	if err != nil {
		return nil, err
	}
	base := env.Environment{"PATH": defaultPath, "HOSTNAME": sandbox.Hostname(pod), "HOME": w.home(identity.UID)}
	for name, value := range image.Env {
		base[name] = value
	}
	environment, err := w.environment.Build(pod, c.spec, base)
	if err != nil {
		return nil, err
	}
	identity.Env = environment.List()
	identity.Args = command(c.spec, image, environment)
	identity.Dir = c.spec.WorkingDir
	if identity.Dir == "" {
		identity.Dir = image.WorkingDir
	}
	dir := filepath.Join(w.file("containers"), string(uuid.NewUUID()))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	mounts, err := w.mounts(c.spec, image, environment, dir)
	if err != nil {
		w.discard(dir)
		return nil, err
	}
	spec := &container.Spec{
		Dir: dir, Base: w.BaseDir, NetNS: w.network.Path(), Hostname: sandbox.Hostname(pod), Shm: w.file("shm"),
		Mounts: mounts, Process: *identity,
	}
	if context := c.spec.SecurityContext; context != nil {
		spec.ReadOnlyRoot, spec.Privileged = isTrue(context.ReadOnlyRootFilesystem), isTrue(context.Privileged)
	}
	return spec, nil
}

// command is what the container runs: its own command and arguments, or the image's.
func command(spec *corev1.Container, image *config.Image, environment env.Environment) []string {
	first, rest := spec.Command, spec.Args
	if len(first) == 0 {
		first = image.Entrypoint
		if len(rest) == 0 {
			rest = image.Cmd
		}
	}
	var args []string
	for _, list := range [][]string{first, rest} {
		for _, arg := range list {
			args = append(args, env.Expand(arg, environment.Lookup))
		}
	}
	return args
}

// identify works out whom a container runs as.
func identify(pod *corev1.Pod, spec *corev1.Container, image *config.Image) (*container.Process, error) {
	common, own := pod.Spec.SecurityContext, spec.SecurityContext
	if common == nil {
		common = &corev1.PodSecurityContext{}
	}
	if own == nil {
		own = &corev1.SecurityContext{}
	}
	user := first(own.RunAsUser, common.RunAsUser)
	group := first(own.RunAsGroup, common.RunAsGroup)
	process := &container.Process{UID: int(image.User)}
	if user != nil {
		process.UID = int(*user)
	} else {
		process.GID = int(image.User)
	}
	if group != nil {
		process.GID = int(*group)
	}
	if isTrue(first(own.RunAsNonRoot, common.RunAsNonRoot)) && process.UID == 0 {
		return nil, fmt.Errorf("container has runAsNonRoot and image will run as root (container: %s)", spec.Name)
	}
	for _, extra := range common.SupplementalGroups {
		process.Groups = append(process.Groups, int(extra))
	}
	if common.FSGroup != nil {
		process.Groups = append(process.Groups, int(*common.FSGroup))
	}
	process.NoNewPrivileges = own.AllowPrivilegeEscalation != nil && !*own.AllowPrivilegeEscalation
	var add, drop []string
	if own.Capabilities != nil {
		add, drop = names(own.Capabilities.Add), names(own.Capabilities.Drop)
	}
	var err error
	process.Capabilities, err = container.Capabilities(add, drop, isTrue(own.Privileged))
	return process, err
}

func names(capabilities []corev1.Capability) (result []string) {
	for _, capability := range capabilities {
		result = append(result, string(capability))
	}
	return result
}

func first[T any](values ...*T) *T {
	for _, value := range values {
		if value != nil {
			return value
		}
	}
	return nil
}

func isTrue(flag *bool) bool { return flag != nil && *flag }

// home is a user's directory, as the container's own list of users has it.
func (w *worker) home(uid int) string {
	data, err := os.ReadFile(filepath.Join(w.BaseDir, "etc/passwd"))
	if err != nil {
		return "/"
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Split(line, ":"); len(fields) > 5 && fields[2] == fmt.Sprint(uid) {
			return fields[5]
		}
	}
	return "/"
}

// mounts lists what is put into the container: the image's files, the pod's, and the volumes.
func (w *worker) mounts(
	spec *corev1.Container, image *config.Image, environment env.Environment, dir string,
) ([]container.Mount, error) {
	byTarget := map[string]container.Mount{}
	put := func(source, target string, readOnly bool) {
		byTarget[filepath.Clean(target)] = container.Mount{Source: source, Target: target, ReadOnly: readOnly}
	}
	for target, source := range image.Files {
		// Links are followed here: in the container they would lead elsewhere.
		source, err := filepath.EvalSymlinks(source)
		if err != nil {
			return nil, fmt.Errorf("image %s: %w", image.Match, err)
		}
		put(source, target, true)
	}
	for _, name := range []string{"hosts", "hostname", "resolv.conf"} {
		put(filepath.Join(w.file("files"), name), "/etc/"+name, false)
	}
	message := filepath.Join(dir, "termination-log")
	if err := writeShared(message); err != nil {
		return nil, err
	}
	put(message, terminationPath(spec), false)
	for i := range spec.VolumeMounts {
		mount := &spec.VolumeMounts[i]
		source, readOnly, err := w.volumeSource(mount, environment)
		if err != nil {
			return nil, err
		}
		put(source, filepath.Join("/", mount.MountPath), readOnly)
	}
	list := make([]container.Mount, 0, len(byTarget))
	for _, mount := range byTarget {
		list = append(list, mount)
	}
	return list, nil
}

// volumeSource is the place on the host that a volumeMount shows.
func (w *worker) volumeSource(mount *corev1.VolumeMount, environment env.Environment) (string, bool, error) {
	root := w.volumes.Path(mount.Name)
	// What the node fills, containers may not change.
	_, err := os.Lstat(filepath.Join(root, "..data"))
	readOnly := mount.ReadOnly || err == nil
	sub := mount.SubPath
	if mount.SubPathExpr != "" {
		sub = env.Expand(mount.SubPathExpr, environment.Lookup)
	}
	if sub == "" {
		return root, readOnly, nil
	}
	if !filepath.IsLocal(sub) {
		return "", false, fmt.Errorf("subPath %q leaves volume %s", sub, mount.Name)
	}
	path := filepath.Join(root, sub)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) && !readOnly {
		if err := makeInside(root, sub); err != nil {
			return "", false, err
		}
	}
	path, err = filepath.EvalSymlinks(path)
	if err != nil {
		return "", false, fmt.Errorf("subPath %q of volume %s: %w", sub, mount.Name, err)
	}
	if !strings.HasPrefix(path, root+"/") {
		return "", false, fmt.Errorf("subPath %q leaves volume %s", sub, mount.Name)
	}
	return path, readOnly, nil
}

// makeInside makes a directory of a volume, whatever links containers have put there.
func makeInside(root, sub string) error {
	volume, err := os.OpenRoot(root)
	if err != nil {
		return err
	}
	defer volume.Close()
	return volume.MkdirAll(sub, 0o755)
}

func terminationPath(spec *corev1.Container) string {
	if spec.TerminationMessagePath == "" {
		return corev1.TerminationMessagePathDefault
	}
	return spec.TerminationMessagePath
}

func writeShared(path string) error {
	return errors.Join(os.WriteFile(path, nil, 0o666), os.Chmod(path, 0o666))
}

// terminationMessage is what the container left as its last word.
func (w *worker) terminationMessage(spec *corev1.Container, run *container.Spec, code int) string {
	const size, lines, logSize = 4096, 80, 2048
	data, _ := os.ReadFile(filepath.Join(run.Dir, "termination-log"))
	if len(data) == 0 && code != 0 && spec.TerminationMessagePolicy == corev1.TerminationMessageFallbackToLogsOnError {
		return logs.End(logs.Path(w.LogDir, w.namespace, w.name, spec.Name), lines, logSize)
	}
	return string(data[:min(len(data), size)])
}
