package sandbox

import (
	"fmt"
	"net/netip"
	"sync"
)

// Pool hands out the addresses of a range, round robin, so that one which was given back rests for as long as
// possible: a peer that still knows the old pod's address must not meet a new pod there.
type Pool struct {
	mu     sync.Mutex
	prefix netip.Prefix
	used   map[netip.Addr]bool
	next   netip.Addr
}

// NewPool returns the pool of a range such as 10.1.0.0/24. Its first address is the node's own.
func NewPool(cidr string) (*Pool, error) {
	prefix, err := netip.ParsePrefix(cidr)
	if err != nil {
		return nil, err
	}
	prefix = prefix.Masked()
	if !prefix.Addr().Is4() || prefix.Bits() > 29 {
		return nil, fmt.Errorf("%s is no IPv4 range of eight addresses or more", cidr)
	}
	pool := &Pool{prefix: prefix, used: map[netip.Addr]bool{}}
	pool.next = pool.Gateway().Next()
	return pool, nil
}

// Gateway is the node's address for its pods.
func (p *Pool) Gateway() netip.Addr { return p.prefix.Addr().Next() }

// Take returns a free address.
func (p *Pool) Take() (netip.Addr, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for start := p.next; ; {
		address := p.next
		p.next = address.Next()
		// The last address of a range is for broadcast.
		if !p.prefix.Contains(p.next.Next()) {
			p.next = p.Gateway().Next()
		}
		if !p.used[address] {
			p.used[address] = true
			return address, nil
		}
		if p.next == start {
			return netip.Addr{}, fmt.Errorf("no free address in %s", p.prefix)
		}
	}
}

// Release gives an address back.
func (p *Pool) Release(address netip.Addr) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.used, address)
}
