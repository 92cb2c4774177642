package pod

import "time"

// The kubelet's figures.
const (
	firstBackoff  = 10 * time.Second
	longestPause  = 5 * time.Minute
	backoffForget = 2 * longestPause
)

// backoff spaces the restarts of a container: the first is at once, the next 10 s after the end, then 20 s, 40 s …
type backoff struct {
	pause time.Duration
}

// next returns when a container that ended at finished, after having run since started, may start again.
func (b *backoff) next(started, finished time.Time) time.Time {
	if finished.Sub(started) > backoffForget {
		b.pause = 0
	}
	return finished.Add(b.pause)
}

// restarted counts a restart.
func (b *backoff) restarted() {
	if b.pause == 0 {
		b.pause = firstBackoff
	} else {
		b.pause = min(2*b.pause, longestPause)
	}
}
