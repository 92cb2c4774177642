package kubelet

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	vklog "github.com/virtual-kubelet/virtual-kubelet/log"
	vkslog "github.com/virtual-kubelet/virtual-kubelet/log/slog"
	"github.com/virtual-kubelet/virtual-kubelet/node"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"

	"lab/node/internal/config"
	"lab/node/internal/objects"
	"lab/node/internal/pod"
	"lab/node/internal/volume"
)

// workers is how many pods virtual-kubelet handles at once; handling one is but a note to its worker.
const workers = 4

// Kubelet joins the pods of a node to the cluster.
type Kubelet struct {
	config  *config.Config
	client  kubernetes.Interface
	events  record.EventRecorder
	log     *slog.Logger
	own     informers.SharedInformerFactory
	cluster informers.SharedInformerFactory
}

// New returns a kubelet.
func New(c *config.Config, client kubernetes.Interface, events record.EventRecorder, log *slog.Logger) *Kubelet {
	mine := informers.WithTweakListOptions(func(options *metav1.ListOptions) {
		options.FieldSelector = fields.OneTermEqualSelector("spec.nodeName", c.NodeName).String()
	})
	return &Kubelet{
		config: c, client: client, events: events, log: log,
		own:     informers.NewSharedInformerFactoryWithOptions(client, 0, mine),
		cluster: informers.NewSharedInformerFactory(client, 0),
	}
}

// Objects gives access to what pods refer to.
func (k *Kubelet) Objects() *objects.Objects {
	core := k.cluster.Core().V1()
	return &objects.Objects{
		Client: k.client, ConfigMaps: core.ConfigMaps().Lister(), Secrets: core.Secrets().Lister(),
		Services: core.Services().Lister(),
	}
}

// Run registers the node and runs its pods until ctx ends.
func (k *Kubelet) Run(ctx context.Context, pods *pod.Manager) error {
	vklog.L = vkslog.FromSlog(slog.New(withoutMisleading{k.log.Handler()}))
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if err := k.watch(pods); err != nil {
		return err
	}
	controller, err := k.podController(pods)
	if err != nil {
		return err
	}
	registered, err := node.NewNodeController(
		node.NewNaiveNodeProvider(), describe(k.config), k.client.CoreV1().Nodes(),
		node.WithNodeEnableLeaseV1(k.client.CoordinationV1().Leases(corev1.NamespaceNodeLease), node.DefaultLeaseDuration),
	)
	if err != nil {
		return err
	}
	k.cluster.Start(ctx.Done())
	k.own.Start(ctx.Done())
	defer k.own.Shutdown()
	defer k.cluster.Shutdown()
	// Pods find all that they refer to from the beginning.
	for kind, synced := range k.cluster.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return fmt.Errorf("%v: not read", kind)
		}
	}
	part := func(name string, run func() error) {
		go func() { cancel(fmt.Errorf("%s: %w", name, orEnded(run()))) }()
	}
	part("kubelet API", func() error { return serve(ctx, k.config, k.client, pods) })
	part("pods", func() error { return controller.Run(ctx, workers) })
	part("node", func() error { return registered.Run(ctx) })
	select {
	case <-registered.Ready():
		k.log.Info("node registered", "node", k.config.NodeName)
		<-ctx.Done()
	case <-ctx.Done():
	}
	<-controller.Done()
	return context.Cause(ctx)
}

func orEnded(err error) error {
	if err == nil {
		return context.Canceled
	}
	return err
}

// podController is virtual-kubelet's part: it tells the manager which pods there are, and the cluster how they are.
func (k *Kubelet) podController(pods *pod.Manager) (*node.PodController, error) {
	core := k.cluster.Core().V1()
	mine := k.own.Core().V1().Pods()
	end := func(ctx context.Context, namespace, name string, options metav1.DeleteOptions) error {
		found, err := mine.Lister().Pods(namespace).Get(name)
		if apierrors.IsNotFound(err) || err == nil && string(found.UID) != string(*options.Preconditions.UID) {
			return nil
		}
		if err != nil {
			return err
		}
		return pods.DeletePod(ctx, found)
	}
	return node.NewPodController(node.PodControllerConfig{
		PodClient:         podsGetter{API{k.client.CoreV1()}, end},
		PodInformer:       mine,
		EventRecorder:     quiet{k.events},
		Provider:          pods,
		ConfigMapInformer: core.ConfigMaps(), SecretInformer: core.Secrets(), ServiceInformer: core.Services(),
		// The library would keep a pod waiting without a word if its environment names its own address.
		SkipDownwardAPIResolution: true,
		// The library's own limit is ten a second over all pods.
		SyncPodsFromKubernetesRateLimiter:    prompt(),
		DeletePodsFromKubernetesRateLimiter:  prompt(),
		SyncPodStatusFromProviderRateLimiter: prompt(),
	})
}

func prompt() workqueue.TypedRateLimiter[any] {
	return workqueue.NewTypedItemExponentialFailureRateLimiter[any](time.Millisecond, 10*time.Second)
}

// watch has pods look again at what they refer to when it changes.
func (k *Kubelet) watch(pods *pod.Manager) error {
	core := k.cluster.Core().V1()
	for kind, informer := range map[string]cache.SharedIndexInformer{
		"Secret": core.Secrets().Informer(), "ConfigMap": core.ConfigMaps().Informer(),
	} {
		changed := func(object any) {
			meta, err := cache.DeletionHandlingObjectToName(object)
			if err != nil {
				return
			}
			pods.Poke(func(p *corev1.Pod) bool {
				return p.Namespace == meta.Namespace && volume.References(p, kind, meta.Name)
			})
		}
		if _, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc: changed, UpdateFunc: func(_, object any) { changed(object) }, DeleteFunc: changed,
		}); err != nil {
			return err
		}
	}
	core.Services().Informer()
	_, err := k.own.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		// virtual-kubelet passes no change of conditions on.
		UpdateFunc: func(_, object any) {
			if p := object.(*corev1.Pod); len(p.Spec.ReadinessGates) > 0 && pods.Knows(p.UID) {
				_ = pods.UpdatePod(context.Background(), p.DeepCopy())
			}
		},
	})
	return err
}
