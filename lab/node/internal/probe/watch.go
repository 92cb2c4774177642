package probe

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
)

const (
	// eagerFor is how long a container that has never been healthy is asked at the eager pace.
	eagerFor  = 10 * time.Second
	eagerPace = 100 * time.Millisecond
	// calmPace is that of later, and of probes that start a process.
	calmPace = time.Second
)

// Watch repeats a probe.
type Watch struct {
	Probe *corev1.Probe
	// Eager asks more often than the period until the first success, so that a container is known to be ready
	// right when it is. That keeps the probe's meaning: failures count once a period, as if asked only then,
	// and before the first success they change nothing about readiness.
	Eager bool
	Check func(ctx context.Context) error
	// Late leaves a period before the first question, for a container that is only just starting.
	Late bool
	// Failed is told of each failure that counts.
	Failed func(error)
	// Report is told when a threshold is reached.
	Report func(healthy bool)
}

// Run probes until ctx ends.
func (w *Watch) Run(ctx context.Context) {
	period := seconds(max(w.Probe.PeriodSeconds, 1))
	delay := seconds(w.Probe.InitialDelaySeconds)
	if w.Late && delay == 0 {
		delay = period
	}
	if !sleep(ctx, delay) {
		return
	}
	start := time.Now()
	eager := w.Eager && w.Probe.SuccessThreshold <= 1
	counted := start
	var successes, failures int32
	for {
		err := w.once(ctx)
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			eager, failures = false, 0
			if successes++; successes == max(w.Probe.SuccessThreshold, 1) {
				w.Report(true)
			}
		} else if !eager || time.Since(counted) >= period {
			counted, successes = time.Now(), 0
			w.Failed(err)
			if failures++; failures == max(w.Probe.FailureThreshold, 1) {
				w.Report(false)
			}
		}
		pause := period
		if eager {
			pause = min(period, w.pace(time.Since(start)))
		}
		if !sleep(ctx, pause) {
			return
		}
	}
}

func (w *Watch) once(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, seconds(max(w.Probe.TimeoutSeconds, 1)))
	defer cancel()
	return w.Check(ctx)
}

func (w *Watch) pace(since time.Duration) time.Duration {
	if w.Probe.Exec != nil || since > eagerFor {
		return calmPace
	}
	return eagerPace
}

func seconds(n int32) time.Duration { return time.Duration(n) * time.Second }

func sleep(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
