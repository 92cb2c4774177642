// Package loadbalancer is the part of a cloud that gives Services of type LoadBalancer their addresses.
package loadbalancer

import (
	"fmt"
	"net/netip"
)

// pool knows which Service has which address of a range.
type pool struct {
	prefix netip.Prefix
	owners map[netip.Addr]string
}

func newPool(cidr string) (*pool, error) {
	prefix, err := netip.ParsePrefix(cidr)
	if err != nil {
		return nil, err
	}
	return &pool{prefix.Masked(), map[netip.Addr]string{}}, nil
}

// keep notes an address that a Service already has. It returns false if the address is not its to have.
func (p *pool) keep(service string, address string) bool {
	parsed, err := netip.ParseAddr(address)
	if err != nil || !p.prefix.Contains(parsed) {
		return false
	}
	if owner, taken := p.owners[parsed]; taken && owner != service {
		return false
	}
	p.release(service)
	p.owners[parsed] = service
	return true
}

// take returns the address of a Service: the one it wants, the one it has, or the first that is free.
func (p *pool) take(service, wanted string) (string, error) {
	if wanted != "" {
		if p.keep(service, wanted) {
			return wanted, nil
		}
		if parsed, err := netip.ParseAddr(wanted); err == nil && p.prefix.Contains(parsed) {
			return "", fmt.Errorf("loadBalancerIP %s is in use by %s", wanted, p.owners[parsed])
		}
		return "", fmt.Errorf("loadBalancerIP %s is not an address of %s", wanted, p.prefix)
	}
	for address, owner := range p.owners {
		if owner == service {
			return address.String(), nil
		}
	}
	for address := p.prefix.Addr(); p.prefix.Contains(address); address = address.Next() {
		if _, taken := p.owners[address]; !taken {
			p.owners[address] = service
			return address.String(), nil
		}
	}
	return "", fmt.Errorf("no address of %s is free", p.prefix)
}

func (p *pool) release(service string) {
	for address, owner := range p.owners {
		if owner == service {
			delete(p.owners, address)
		}
	}
}
