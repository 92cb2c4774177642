package loadbalancer

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"
)

// finalizer keeps a Service until its address is given back, as cloud controllers do.
const finalizer = "service.kubernetes.io/load-balancer-cleanup"

// Controller gives addresses.
type Controller struct {
	client   kubernetes.Interface
	events   record.EventRecorder
	log      *slog.Logger
	informer cache.SharedIndexInformer
	services listers.ServiceLister
	queue    workqueue.TypedRateLimitingInterface[string]
	// addresses belong to the one worker.
	addresses *pool
}

// New returns a controller that gives addresses of a range.
func New(client kubernetes.Interface, cidr string, events record.EventRecorder, log *slog.Logger) (*Controller, error) {
	addresses, err := newPool(cidr)
	if err != nil {
		return nil, err
	}
	services := informers.NewSharedInformerFactory(client, 0).Core().V1().Services()
	c := &Controller{
		client: client, events: events, log: log, informer: services.Informer(), services: services.Lister(),
		queue: workqueue.NewTypedRateLimitingQueue(
			workqueue.NewTypedItemExponentialFailureRateLimiter[string](100*time.Millisecond, 10*time.Second)),
		addresses: addresses,
	}
	enqueue := func(object any) {
		if key, err := cache.DeletionHandlingMetaNamespaceKeyFunc(object); err == nil {
			c.queue.Add(key)
		}
	}
	_, err = c.informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: enqueue, UpdateFunc: func(_, object any) { enqueue(object) }, DeleteFunc: enqueue,
	})
	return c, err
}

// Run gives addresses until ctx ends.
func (c *Controller) Run(ctx context.Context) {
	go c.informer.Run(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), c.informer.HasSynced) {
		return
	}
	// Addresses given by a former agent stay with their Services.
	if all, err := c.services.List(labels.Everything()); err == nil {
		for _, service := range all {
			if wants(service) {
				for _, ingress := range service.Status.LoadBalancer.Ingress {
					c.addresses.keep(key(service), ingress.IP)
				}
			}
		}
	}
	context.AfterFunc(ctx, c.queue.ShutDown)
	for {
		key, ended := c.queue.Get()
		if ended {
			return
		}
		if err := c.sync(ctx, key); err != nil && ctx.Err() == nil {
			if !apierrors.IsConflict(err) {
				c.log.Warn("load balancer", "service", key, "error", err)
			}
			c.queue.AddRateLimited(key)
		} else {
			c.queue.Forget(key)
		}
		c.queue.Done(key)
	}
}

func key(service *corev1.Service) string { return service.Namespace + "/" + service.Name }

// wants tells whether a Service asks for an address from here: one with a class asks another controller.
func wants(service *corev1.Service) bool {
	return service.Spec.Type == corev1.ServiceTypeLoadBalancer && service.Spec.LoadBalancerClass == nil &&
		service.DeletionTimestamp == nil
}

func (c *Controller) sync(ctx context.Context, key string) error {
	namespace, name, err := cache.SplitMetaNamespaceKey(key)
	if err != nil {
		return nil
	}
	service, err := c.services.Services(namespace).Get(name)
	if apierrors.IsNotFound(err) {
		c.addresses.release(key)
		return nil
	}
	if err != nil {
		return err
	}
	if !wants(service) {
		return c.release(ctx, service)
	}
	err = c.provide(ctx, service)
	if err != nil && !apierrors.IsConflict(err) {
		c.events.Eventf(service, corev1.EventTypeWarning, "SyncLoadBalancerFailed", "Error syncing load balancer: %v", err)
	}
	return err
}

// provide gives a Service its address.
func (c *Controller) provide(ctx context.Context, service *corev1.Service) error {
	address, err := c.addresses.take(key(service), service.Spec.LoadBalancerIP)
	if err != nil {
		return err
	}
	if !slices.Contains(service.Finalizers, finalizer) {
		// Before the address is told: a Service deleted right then would keep it.
		return c.patch(ctx, service, finalizers(service, append(slices.Clone(service.Finalizers), finalizer)))
	}
	current := service.Status.LoadBalancer.Ingress
	if len(current) == 1 && current[0].IP == address {
		return nil
	}
	mode := corev1.LoadBalancerIPModeVIP
	if err := c.setStatus(ctx, service, []corev1.LoadBalancerIngress{{IP: address, IPMode: &mode}}); err != nil {
		return err
	}
	c.events.Eventf(service, corev1.EventTypeNormal, "EnsuredLoadBalancer", "Ensured load balancer with address %s", address)
	c.log.Info("load balancer", "service", key(service), "address", address)
	return nil
}

// release takes the address back from a Service that goes, or wants none any more.
func (c *Controller) release(ctx context.Context, service *corev1.Service) error {
	if !slices.Contains(service.Finalizers, finalizer) {
		c.addresses.release(key(service))
		return nil
	}
	if service.DeletionTimestamp == nil {
		if err := c.setStatus(ctx, service, nil); err != nil {
			return err
		}
	}
	rest := slices.DeleteFunc(slices.Clone(service.Finalizers), func(name string) bool { return name == finalizer })
	if err := c.patch(ctx, service, finalizers(service, rest)); err != nil && !apierrors.IsNotFound(err) {
		return err
	}
	c.addresses.release(key(service))
	c.events.Event(service, corev1.EventTypeNormal, "DeletedLoadBalancer", "Deleted load balancer")
	return nil
}

// finalizers is a patch that is refused if the Service has changed meanwhile.
func finalizers(service *corev1.Service, names []string) map[string]any {
	if names == nil {
		names = []string{}
	}
	return map[string]any{"metadata": map[string]any{"finalizers": names, "resourceVersion": service.ResourceVersion}}
}

func (c *Controller) setStatus(ctx context.Context, s *corev1.Service, ingress []corev1.LoadBalancerIngress) error {
	status := map[string]any{"loadBalancer": map[string]any{"ingress": ingress}}
	return c.patch(ctx, s, map[string]any{"status": status}, "status")
}

func (c *Controller) patch(ctx context.Context, s *corev1.Service, change map[string]any, subresource ...string) error {
	data, err := json.Marshal(change)
	if err != nil {
		return err
	}
	_, err = c.client.CoreV1().Services(s.Namespace).Patch(
		ctx, s.Name, types.MergePatchType, data, metav1.PatchOptions{}, subresource...)
	return err
}
